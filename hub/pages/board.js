// The board of a zone, as the lobby TVs show and say it: each call once, in its turn, however many come at a time.
(() => {
  let site = JSON.parse(document.getElementById("site").textContent), words = site.words;
  const ROWS_AT_MOST = 7, PAGE_MS = 8000, SILENCE_MS = 16000, OFFER_MS = 60000;
  const LOOK_MS = 1000; // how often is asked, while a call is said, whether a TV says it now
  const LONGEST_MS = 60000; // a call said three times in two languages takes half of it
  const at = (id) => document.getElementById(id);
  const say = (id, text) => { const place = at(id); if (place.textContent !== text) place.textContent = text; };
  const both = (id, pair) => { say(id, pair[0]); say(`${id}-2`, pair[1] || ""); };
  const kept = `antre-heard-${site.zone}`;
  const recall = () => { try { return Number(sessionStorage.getItem(kept)) || 0; } catch (e) { return 0; } };
  const keep = (event) => { try { sessionStorage.setItem(kept, event); } catch (e) { /* a reload may say it again */ } };

  let ahead = site.now - Date.now(); // of this device's clock
  const now = () => Date.now() + ahead;
  let board = site.board, heard = recall(), last = board.last;
  if (heard > last) heard = 0; // the hub's history began anew
  heard = heard || last;
  let pending = [], lit = null, news = [], turn, quiet = site.board.quiet;
  const hushed = () => Boolean(quiet) && now() < quiet.until; // here, or in some of the hall's zones
  const silent = (call) => Boolean(quiet) && now() < (quiet.zones ? quiet.zones[call.zone] || 0 : quiet.until);
  const known = new Set();
  const shown = []; // what was announced, for who looks from outside
  window.announced = shown;

  // ---------------------------------------------------------------- calls, each in its turn

  const learn = (call) => {
    if (call.event <= heard || known.has(call.event)) return;
    known.add(call.event);
    if (now() - call.at > site.late_ms) return;
    pending.push(call);
    pending.sort((a, b) => a.event - b.event);
    if (news.every((one) => one.event !== call.event)) news.push(call);
    if (sound.on && !silent(call)) prepare(call);
  };
  const merge = (told) => {
    if (told.last < last) { heard = 0; known.clear(); sound.files.clear(); pending = []; news = []; } // the hub's history began anew
    board = told;
    last = told.last;
    told.calls.slice().reverse().forEach(learn);
    news = news.filter((call) => call.event > told.last);
    // A call that was undone stands in the board no more.
    const stands = new Map(told.calls.map((call) => [call.ticket, call.event]));
    const oldest = told.calls.length ? told.calls[told.calls.length - 1].event : 0;
    const holds = (call) => call.event > told.last || stands.get(call.ticket) >= call.event || call.event < oldest;
    pending = pending.filter(holds);
    if (lit && !holds(lit)) close();
    goOn();
  };
  const goOn = () => {
    if (!lit && pending.length) light(pending.shift());
    draw();
  };
  const light = (call) => {
    lit = call;
    shown.push(call.event);
    if (shown.length > 1000) shown.shift();
    const late = now() - call.at > site.late_ms;
    const hold = () => {
      clearTimeout(turn);
      turn = setTimeout(close, pending.length >= site.hurry_from ? site.hurried_ms : site.hold_ms);
    };
    if (sound.on && sound.context.state !== "running") wake();
    if (!sound.on || late || silent(call)) { hold(); return; }
    turn = setTimeout(close, LONGEST_MS); // a sound that the device stops never ends by itself
    may(call).then((mine) => (mine ? Promise.race([speak(call), taken(call)]) : Promise.reject(mine)))
      .then(() => { if (lit === call) close(); }, () => { if (lit === call) hold(); });
  };
  const close = () => {
    clearTimeout(turn);
    sound.hush();
    if (lit) { heard = Math.max(heard, lit.event); keep(heard); }
    known.forEach((event) => { if (event <= heard) known.delete(event); });
    lit = null;
    at("level").className = "";
    goOn();
  };

  // ---------------------------------------------------------------- the voice

  const Sound = window.AudioContext || window.webkitAudioContext;
  const sound = { on: false, context: null, playing: [], files: new Map(), hush() {
    this.playing.forEach((source) => { source.onended = null; try { source.stop(); } catch (e) { /* not begun */ } });
    this.playing = [];
  } };
  const file = (address) => {
    if (!sound.files.has(address)) {
      if (sound.files.size > 40) sound.files.delete(sound.files.keys().next().value);
      const loaded = fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(address);
        return answer.arrayBuffer();
      }).then((bytes) => new Promise((done, failed) => sound.context.decodeAudioData(bytes, done, failed)));
      loaded.catch(() => sound.files.delete(address));
      sound.files.set(address, loaded);
    }
    return sound.files.get(address);
  };
  const prepare = (call) => Promise.all([file("/board/chime"),
    ...site.languages.map((language) => file(`/board/voice/${call.event}/${language}`))]);
  const play = (buffers) => new Promise((done) => {
    let begin = sound.context.currentTime + 0.05;
    sound.hush();
    sound.playing = buffers.map((buffer) => {
      const source = sound.context.createBufferSource();
      source.buffer = buffer;
      source.connect(sound.context.destination);
      source.start(begin);
      begin += buffer.duration + 0.4;
      return source;
    });
    sound.playing[sound.playing.length - 1].onended = done;
  });
  // One voice a zone: where a TV says its calls, this page only shows them. Who cannot be asked may be a hub that a TV hears.
  const me = Math.random().toString(36).slice(2); // so that the hub can tell that two pages speak at once
  const may = (call) => fetch(`/board/speaker?zone=${encodeURIComponent(call.zone)}&page=${me}`)
    .then((answer) => answer.json()).then((told) => !told.tv);
  const taken = (call) => new Promise((_, refuse) => { // a TV that comes meanwhile says it whole: nobody told that it was said
    const look = setInterval(() => {
      if (lit !== call) { clearInterval(look); return; }
      may(call).then((mine) => {
        if (mine || lit !== call) return;
        clearInterval(look);
        call.taken = true;
        sound.hush();
        at("level").className = "";
        refuse(call);
      }, () => {});
    }, LOOK_MS);
  });
  const speak = (call) => prepare(call).then((buffers) => {
    if (lit !== call || call.taken) return null;
    at("level").className = "speaks";
    const again = (times) => {
      const more = times < site.repeat && !pending.length && lit === call && !silent(call);
      return more ? play(buffers.slice(1)).then(() => again(times + 1)) : null;
    };
    return play(buffers).then(() => again(1));
  });
  let offered = 0;
  const offer = () => { // for a minute: it lies over who waits, and any touch turns the sound on later too
    at("sound").hidden = !Sound || sound.on;
    clearTimeout(offered);
    offered = setTimeout(() => { at("sound").hidden = true; }, OFFER_MS);
  };
  const turnOn = () => {
    if (!Sound || sound.on) return;
    sound.context = sound.context || new Sound();
    sound.context.resume().then(() => {
      if (sound.context.state !== "running") return;
      sound.on = true;
      offer();
      pending.forEach(prepare);
    });
  };
  const wake = () => { sound.on = false; offer(); turnOn(); }; // the device slept, or another program took the sound
  ["click", "touchend", "keydown"].forEach((kind) => document.addEventListener(kind, turnOn));
  document.addEventListener("mousemove", () => document.body.classList.add("touched"), { once: true });

  // ---------------------------------------------------------------- what is seen

  const fit = (place, most) => {
    place.style.fontSize = `${most}px`;
    const wide = place.scrollWidth, room = place.clientWidth;
    if (wide > room) place.style.fontSize = `${most * room / wide}px`;
  };
  const figure = (place, number) => { // the type's hyphen is as wide as a dash: on a TV it has half of that
    if (place.textContent === number) return place;
    place.textContent = "";
    number.split(/(-)/).forEach((part) => {
      place.appendChild(part === "-" ? element("i", "", part) : document.createTextNode(part));
    });
    return place;
  };
  const draw = () => {
    const newest = new Map();
    board.calls.concat(news).sort((a, b) => a.event - b.event).forEach((call) => newest.set(call.ticket, call));
    const calls = Array.from(newest.values()).sort((a, b) => b.event - a.event);
    const standing = calls.length && !calls[0].over ? calls[0] : null, called = lit || standing;
    at("panel").classList.toggle("lit", Boolean(lit));
    at("called").hidden = !called;
    at("quiet").hidden = Boolean(called);
    at("level").hidden = !lit;
    if (called) {
      figure(at("number"), called.number);
      say("counter", called.counter);
      both("go", words.go_to.map((text) => text.replace("{counter}", called.counter)));
      say("agency", called.agency);
      fit(at("number"), window.innerHeight * 0.4);
    }
    rows(calls.filter((call) => !called || call.ticket !== called.ticket));
  };
  const rows = (calls) => {
    const list = at("rows"), least = window.innerHeight * 0.05 + 72 * unit();
    const count = Math.max(1, Math.min(ROWS_AT_MOST, Math.floor(list.clientHeight / least)));
    const coming = new Set(pending.map((call) => call.event));
    const drawn = calls.slice(0, count).map((call) => [call, coming.has(call.event)]);
    const state = JSON.stringify([count, drawn.map(([call, comes]) => [call.event, comes])]);
    if (list.dataset.state === state) return;
    const before = list.dataset.top;
    list.dataset.state = state;
    list.dataset.top = drawn.length ? drawn[0][0].event : "";
    list.textContent = "";
    for (let i = 0; i < count; i++) list.appendChild(drawn[i] ? row(drawn[i][0], drawn[i][1]) : element("li", "empty"));
    if (before !== undefined && before !== list.dataset.top && drawn.length) list.firstChild.classList.add("new");
  };
  const element = (kind, name, text) => {
    const made = document.createElement(kind);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const row = (call, comes) => {
    const line = element("li", comes ? "coming" : ""), left = element("p"), right = element("p", "c", words.counter);
    left.appendChild(figure(element("span", "n"), call.number));
    left.appendChild(element("span", "a", call.agency));
    right.appendChild(element("b", "", call.counter));
    line.appendChild(left);
    line.appendChild(right);
    return line;
  };
  let page = 0;
  const queues = () => {
    const list = at("queues"), here = Math.max(1, Math.floor(list.clientWidth / (350 * unit())));
    const pages = Math.max(1, Math.ceil(board.queues.length / here));
    const part = board.queues.slice((page % pages) * here, (page % pages + 1) * here);
    const state = JSON.stringify([here, part]);
    if (list.dataset.state === state) return;
    list.dataset.state = state;
    list.textContent = "";
    part.forEach((queue) => list.appendChild(cell(queue)));
    for (let i = part.length; part.length && i < here; i++) list.appendChild(element("li"));
    if (!part.length) list.appendChild(element("li", "nobody", words.nobody.join(" · ")));
  };
  const cell = (queue) => {
    const made = element("li"), mark = element("i", "", queue.prefix), name = element("p"), rests = queue.closed && !queue.waiting;
    mark.style.background = queue.colour;
    name.appendChild(element("span", "", queue.agency));
    if (queue.minutes) name.appendChild(element("small", "", words.about.replace("{minutes}", queue.minutes)));
    if (queue.on_paper) name.appendChild(element("small", "rests", words.on_paper));
    made.appendChild(mark);
    made.appendChild(name);
    if (!queue.on_paper) made.appendChild(element("b", rests ? "rests" : "", rests ? words.closed : String(queue.waiting)));
    return made;
  };
  const unit = () => (window.innerWidth > window.innerHeight ? window.innerHeight : window.innerWidth) / 1080;
  const sign = () => {
    at("silent").hidden = !hushed();
    if (hushed()) say("silent", quiet.sign);
  };
  const clock = () => {
    sign();
    const moment = new Date(now());
    const time = moment.toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: site.timezone });
    say("clock", time.replace(":", "."));
    say("day", moment.toLocaleDateString("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: site.timezone }));
  };
  const ribbon = () => {
    document.body.classList.toggle("plain", !site.texts.length);
    at("ribbon").hidden = !site.texts.length;
    if (!site.texts.length) return;
    const line = `${site.texts.join("   •   ")}   •   `;
    const place = at("texts");
    place.textContent = line;
    const times = Math.max(1, Math.ceil(window.innerWidth / Math.max(1, place.offsetWidth)));
    place.textContent = line.repeat(2 * times);
    place.style.animationDuration = `${place.offsetWidth / 2 / (120 * unit())}s`;
  };

  // ---------------------------------------------------------------- the line to the hub

  let feed, silence, retry;
  const connect = () => {
    clearTimeout(retry);
    if (feed) feed.close();
    feed = new EventSource(`/board/events?zone=${encodeURIComponent(site.zone)}&after=${last}`);
    const hear = (kind, take) => feed.addEventListener(kind, (event) => {
      const told = JSON.parse(event.data);
      ahead = told.now - Date.now();
      at("away").hidden = true;
      watch();
      if (told.quiet !== undefined) { quiet = told.quiet; sign(); }
      take(told);
    });
    hear("call", (call) => { learn(call); goOn(); });
    hear("board", (told) => { merge(told); queues(); });
    hear("hall", takeUp);
    hear("gone", () => location.reload()); // the zones there are now
    hear("beat", () => {});
    feed.onerror = lost;
    watch();
  };
  const watch = () => { clearTimeout(silence); silence = setTimeout(lost, SILENCE_MS); };
  const lost = () => {
    at("away").hidden = false;
    feed.close();
    clearTimeout(silence);
    clearTimeout(retry);
    retry = setTimeout(connect, 1000 + Math.random() * 2000);
  };

  const mark = (logo) => { // without a logo, or one that does not come, the name's first letter
    at("logo").hidden = !logo;
    at("letter").hidden = Boolean(logo);
    say("letter", site.title.slice(0, 1));
    if (logo && at("logo").getAttribute("src") !== logo) at("logo").src = logo;
  };
  at("logo").onerror = () => { at("logo").removeAttribute("src"); mark(""); };
  const dress = () => {
    document.title = site.title;
    mark(site.logo);
    say("title", site.title);
    say("away", words.away);
    both("heading", words.number);
    say("welcome", words.welcome);
    say("hall", site.hall);
    both("wait", words.quiet);
    both("waiting-heading", words.waiting);
    both("sound-text", words.sound);
  };
  const takeUp = (told) => { // told with each new line to the hub, and when the configuration has changed
    const is = (key) => key === "now" || JSON.stringify(told[key]) === JSON.stringify(site[key]);
    if (Object.keys(told).every(is)) { mark(site.logo); return; } // one that did not come before may come now
    site = Object.assign({}, site, told);
    words = site.words;
    ["rows", "queues"].forEach((id) => { delete at(id).dataset.state; });
    dress();
    clock();
    all();
  };
  dress();
  const all = () => { draw(); queues(); ribbon(); };
  window.addEventListener("resize", all);
  if (document.fonts && document.fonts.ready) document.fonts.ready.then(all);
  setInterval(clock, 1000);
  setInterval(() => { page += 1; queues(); }, PAGE_MS);
  clock();
  all();
  offer();
  turnOn(); // where the browser lets pages sound by themselves
  connect();
})();
