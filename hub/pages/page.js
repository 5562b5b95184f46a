// Keeps the page as the hub sees the ticket. Without scripts the page reloads itself instead.
(() => {
  const SILENCE_MS = 16000; // three of the hub's signs of life
  const at = (id) => document.getElementById(id);
  const main = document.querySelector("main"), said = at("said"), line = at("line");
  if (!main.dataset.feed || !window.EventSource) return;
  let feed, silence, again;
  const connect = () => {
    if (feed) feed.close();
    clearTimeout(again);
    feed = new EventSource(main.dataset.feed);
    feed.addEventListener("ticket", (event) => { heard(); show(JSON.parse(event.data)); });
    feed.addEventListener("beat", heard);
    feed.onerror = away;
    watch();
  };
  const watch = () => { clearTimeout(silence); silence = setTimeout(away, SILENCE_MS); };
  const heard = () => { line.hidden = true; watch(); };
  const away = () => {
    line.hidden = false;
    feed.close();
    clearTimeout(silence);
    clearTimeout(again);
    again = setTimeout(connect, 2000 + Math.random() * 2000);
  };
  const show = (ticket) => {
    const news = ticket.state !== main.dataset.state, alert = ticket.alert !== main.dataset.alert;
    main.innerHTML = ticket.html;
    main.dataset.state = ticket.state;
    main.dataset.alert = ticket.alert;
    document.title = ticket.title;
    if (said.textContent !== ticket.said) said.textContent = ticket.said;
    if (news && main.firstElementChild) main.firstElementChild.classList.add("arrives");
    at("calls").hidden = !ticket.board;
    at("board").innerHTML = ticket.board;
    at("leave").hidden = !ticket.may_leave;
    offer();
    if (alert && ticket.alert) ring(ticket.alert === "near" ? 1 : 3);
  };

  // The bell. A phone sounds and buzzes only for who has touched the page since it was opened.
  const Sound = window.AudioContext || window.webkitAudioContext;
  const bell = at("bell"), button = at("ring"), rings = at("rings"), idle = button.textContent;
  let sound, awake, on = false;
  const offer = () => { bell.hidden = !Sound || !/^(waiting|held|called)$/.test(main.dataset.state); };
  const tone = (hertz, at, seconds) => {
    const source = sound.createOscillator(), loud = sound.createGain();
    source.frequency.value = hertz;
    loud.gain.setValueAtTime(0, at);
    loud.gain.linearRampToValueAtTime(0.6, at + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    source.connect(loud);
    loud.connect(sound.destination);
    source.start(at);
    source.stop(at + seconds);
  };
  const ring = (times) => {
    if (!on) return;
    if (sound.state !== "running") sound.resume(); // the phone slept, or somebody rang it up
    for (let i = 0; i < times; i++) {
      const begin = sound.currentTime + 0.05 + i * 1.2;
      tone(880, begin, 0.5);
      tone(660, begin + 0.3, 0.8);
    }
    if (navigator.vibrate) navigator.vibrate(Array(times).fill([300, 150, 300, 450]).flat());
    main.dataset.rung = Number(main.dataset.rung || 0) + times; // what was rung is seen from outside too
  };
  const keepAwake = () => {
    if (on && navigator.wakeLock && !document.hidden) {
      navigator.wakeLock.request("screen").then((lock) => { awake = lock; }, () => {});
    }
  };
  button.onclick = () => {
    on = !on;
    button.textContent = on ? button.dataset.stop : idle;
    rings.textContent = on ? rings.dataset.rings : "";
    if (on) {
      sound = sound || new Sound();
      sound.resume();
      ring(1);
      keepAwake();
    } else if (awake) awake.release();
  };
  offer();

  // A phone that was in a pocket has slept through it.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { connect(); keepAwake(); } });
  connect();
})();
