// The explorer: filters the list that the page already has, keeps the choice in the address, follows in the pictures.
(() => {
  const $ = (selector, from = document) => from.querySelector(selector), all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const form = $("#filters"), fields = form.elements, NAMES = ["q", "from", "to", "show", "kind", "sure", "act", "place", "person"];
  const alike = JSON.parse($("#alike").textContent);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’ʼ‘`]/g, "");
  const cut = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  const parts = (row, name) => { const found = $(name, row); return found ? found.textContent.split(", ") : []; };

  // What takes long waits: it is done in slices while the reader does nothing, or at once when it is asked for.
  const SLICE = 8; // milliseconds
  const idle = window.requestIdleCallback || ((work) => setTimeout(work, 30));
  const jobs = [];
  const later = (steps) => {
    const job = { over: false, until(stop) { while (!job.over && !stop()) job.over = steps.next().done; } };
    jobs.push(job);
    return () => job.until(() => false);
  };
  const slice = () => {
    const end = performance.now() + SLICE, stop = () => performance.now() > end;
    for (const job of jobs) job.until(stop);
    if (jobs.some((job) => !job.over)) idle(slice);
  };

  const items = all("#list li"), rows = [], places = new Map(all("option", fields.place).map((option) => [option.value, option.dataset.also || ""]));
  const read = later((function* () {
    for (const row of items) {
      rows.push({
        row, list: row.closest("section").dataset.list, kind: row.dataset.k, sure: row.dataset.s, act: row.dataset.a || "",
        from: row.dataset.f ? +row.dataset.f.slice(0, 4) : 0, to: row.dataset.l ? +row.dataset.l : 0,
        place: parts(row, ".place"), person: parts(row, ".people"), link: $("a", row),
      });
      yield;
    }
    const people = [...new Set(rows.flatMap((one) => one.person))].sort();
    $("#people").append(...people.map((value) => Object.assign(document.createElement("option"), { value })));
  })());

  // words: every word of a row, found by its beginning; where nothing begins so, by words that differ in few letters
  const having = new Map();
  let vocabulary = [];
  const index = later((function* () {
    for (const [at, { row, place }] of rows.entries()) {
      const text = [row.textContent, ...place.map((name) => places.get(name))].join(" ");
      for (const word of new Set(cut(text))) having.has(word) ? having.get(word).push(at) : having.set(word, [at]);
      yield;
    }
    vocabulary = [...having.keys()];
  })());
  const apart = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return false;
    let before = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      const now = [i];
      for (let j = 1; j <= other.length; j++) now[j] = Math.min(before[j] + 1, now[j - 1] + 1, before[j - 1] + (one[i - 1] !== other[j - 1]));
      if (Math.min(...now) > most) return false;
      before = now;
    }
    return before[other.length] <= most;
  };
  const withWord = (word) => {
    const asked = [word, ...(Object.hasOwn(alike, word) ? alike[word] : [])];
    let found = vocabulary.filter((other) => asked.some((one) => other.startsWith(one)));
    const most = Math.floor(word.length * 0.2);
    if (!found.length && most) found = vocabulary.filter((other) => apart(word, other, most));
    return new Set(found.flatMap((other) => having.get(other)));
  };

  const chosen = () => Object.fromEntries(NAMES.map((name) => [name, fields[name].value.trim()]));
  const filter = (want) => {
    read();
    if (want.q) index();
    const sets = cut(want.q).map(withWord), from = +want.from || 0, to = +want.to || 9999, dated = want.from || want.to;
    return rows.filter((one, at) =>
      sets.every((set) => set.has(at)) && (!dated || (one.from && one.from <= to && one.to >= from)) && (!want.show || one.list === want.show) &&
      (!want.kind || one.kind === want.kind) && (!want.sure || one.sure === want.sure) && (!want.act || one.act === want.act) &&
      (!want.place || one.place.includes(want.place)) && (!want.person || one.person.some((name) => fold(name).includes(fold(want.person)))));
  };

  const marks = all("#lanes .marks > *"), lines = all("#lines > g"), years = all("#bars g"), dots = all("#map circle");
  // what is left of a year stands before the whole bar, on the same scale
  const tally = (events) => {
    const found = {};
    for (const { from, act } of events) found[`${from} ${act}`] = (found[`${from} ${act}`] || 0) + 1;
    return found;
  };
  let whole;
  const bars = years.map((year) => ({ year: year.dataset.year, parts: all("rect:not(.hit)", year).map((rect) => ({ rect, left: rect.cloneNode() })) }));
  const raise = (events) => {
    whole ||= tally(rows.filter((one) => one.list === "events"));
    const now = tally(events), number = (rect, name) => +rect.getAttribute(name);
    for (const { year, parts } of bars) {
      let top = 0;
      for (const { rect, left } of parts) {
        const key = `${year} ${rect.classList[0]}`, high = number(rect, "height"), part = high * (now[key] || 0) / whole[key], up = !key.endsWith("conflictual");
        left.setAttribute("height", part.toFixed(1));
        if (up) left.setAttribute("y", (top = (top || number(rect, "y") + high) - part).toFixed(1));
        rect.classList.toggle("whole", part < high);
        if (!left.isConnected) rect.parentNode.append(left);
      }
    }
  };
  const project = (at) => marks.length + at; // the list has events first, as many as marks, then projects
  let shown;
  const left = () => { read(); return shown || rows; };
  const show = () => {
    const want = chosen(), found = new Set(filter(want));
    shown = rows.filter((one) => found.has(one));
    for (const one of rows) one.row.hidden = !found.has(one);
    for (const section of all("#list section")) {
      const number = shown.filter((one) => one.list === section.dataset.list).length;
      $(".of", section).textContent = number.toLocaleString("en");
      section.hidden = !number;
    }
    marks.forEach((mark, at) => mark.classList.toggle("out", !found.has(rows[at])));
    lines.forEach((line, at) => line.classList.toggle("out", !found.has(rows[project(at)])));
    const events = shown.filter((one) => one.list === "events");
    const inYear = new Set(events.map((one) => one.from)), inPlace = new Set(events.flatMap((one) => one.place));
    for (const year of years) year.classList.toggle("out", !inYear.has(+year.dataset.year));
    raise(events);
    for (const dot of dots) dot.classList.toggle("out", !inPlace.has(dot.dataset.place));
    $("#count").textContent = `${shown.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} shown.`;
    const query = new URLSearchParams(Object.entries(want).filter(([, value]) => value)).toString();
    try { history.replaceState(null, "", query ? `?${query}` : location.pathname); } catch { /* a page on a disk may not, in some browsers */ }
  };
  const set = (values) => { for (const [name, value] of Object.entries(values)) fields[name].value = value; show(); };

  // one tab stop a picture: arrows move, Home and End jump, Enter and a click choose
  const rove = (svg, marked, act) => {
    const box = svg.parentElement, number = new Map(marked.map((one, at) => [one, at]));
    let current = 0;
    const name = (at) => {
      const one = marked[at];
      if (one.hasAttribute("role")) return;
      one.setAttribute("tabindex", at === current ? 0 : -1);
      one.setAttribute("role", act.link ? "link" : "button");
      if (act.label) one.setAttribute("aria-label", act.label(at)); // else its title is its name
    };
    const of = (event) => { for (let one = event.target; one && one !== svg; one = one.parentElement) if (number.has(one)) return number.get(one); };
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", box.dataset.label);
    svg.setAttribute("aria-describedby", `${svg.id}-words`);
    if (marked.length) name(0);
    later((function* () { for (const at of marked.keys()) { name(at); yield; } })());
    svg.addEventListener("click", (event) => { const at = of(event); if (at !== undefined) act.choose(marked[at], at); });
    svg.addEventListener("keydown", (event) => {
      const at = of(event), last = marked.length - 1;
      if (at === undefined) return;
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
      if (event.key === "Enter" || event.key === " ") act.choose(marked[at], at);
      else if (to === undefined) return;
      else {
        const before = current;
        current = Math.max(0, Math.min(last, to));
        name(current);
        marked[before].setAttribute("tabindex", -1);
        marked[current].setAttribute("tabindex", 0);
        marked[current].focus();
      }
      event.preventDefault();
    });
  };
  const words = (item) => item.textContent.trim().split("\n")[0];
  const open = (item) => { location.href = $("a", item).href; };
  rove($("#bars"), years, { choose(one) {
    const year = one.dataset.year, again = fields.from.value === year && fields.to.value === year;
    set(again ? { from: "", to: "" } : { from: year, to: year });
  } });
  rove($("#lanes"), marks, { link: true, label: (at) => words(items[at]), choose: (_, at) => open(items[at]) });
  rove($("#map"), dots, { choose: (one) => set({ place: fields.place.value === one.dataset.place ? "" : one.dataset.place }) });
  rove($("#lines"), lines, { link: true, choose: (_, at) => open(items[project(at)]) });
  const verdicts = all("#grid thead th").slice(1).map((head) => head.textContent);
  for (const line of all("#grid tbody tr")) all("td", line).forEach((cell, at) => {
    if (!cell.textContent) return;
    const theme = $("th", line).textContent, button = Object.assign(document.createElement("button"), { type: "button", textContent: cell.textContent });
    button.setAttribute("aria-label", `${cell.textContent} claims on ${theme}: ${verdicts[at]}`);
    button.addEventListener("click", () => set({ show: "claims", kind: theme, sure: verdicts[at], from: "", to: "", act: "", place: "", person: "" }));
    cell.replaceChildren(button);
  });

  const table = () => {
    const quoted = (text) => `"${text.replace(/"/g, '""')}"`;
    const lines = left().map((one) => [
      one.list, one.link.getAttribute("href").replace(/.*\/|\.html$/g, ""), one.row.dataset.f || "", one.link.textContent, one.kind,
      one.place.join("; "), one.person.join("; "), one.sure, one.act, $("p", one.row).textContent, one.link.href,
    ].map(quoted).join(","));
    return ["list,id,date,title,kind,place,people,sureness,act,summary,address", ...lines].join("\n") + "\n";
  };
  $("#download").addEventListener("click", () => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([table()], { type: "text/csv" })), download: "pakistan-russia-register.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  $("#copy").addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(location.href); $("#count").textContent = "Address copied."; } catch { prompt("The address:", location.href); }
  });
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  const given = new URLSearchParams(location.search);
  for (const name of NAMES) fields[name].value = given.get(name) || "";
  if (NAMES.some((name) => given.get(name))) show(); // else the page shows everything as it came
  idle(slice);
  window.explorer = { filter: (want) => filter({ ...Object.fromEntries(NAMES.map((name) => [name, ""])), ...want }).length, table };
})();
