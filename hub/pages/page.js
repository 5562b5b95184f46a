// Keeps the page as the hub sees the ticket. Without scripts the page reloads itself instead.
(() => {
  const SILENCE_MS = 16000; // three of the hub's signs of life
  const main = document.querySelector("main"), said = document.getElementById("said"), line = document.getElementById("line");
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
    const news = ticket.state !== main.dataset.state;
    main.innerHTML = ticket.html;
    main.dataset.state = ticket.state;
    document.title = ticket.title;
    if (said.textContent !== ticket.said) said.textContent = ticket.said;
    if (news && main.firstElementChild) main.firstElementChild.classList.add("arrives");
    if (news && ticket.state === "called" && navigator.vibrate) navigator.vibrate([300, 150, 300]);
  };
  // A phone that was in a pocket has slept through it.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) connect(); });
  connect();
})();
