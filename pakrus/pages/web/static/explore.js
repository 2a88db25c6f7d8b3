// The explorer: filters the list that the page already has, keeps the choice in the address, follows in the pictures.
(() => {
  const $ = (selector, from = document) => from.querySelector(selector), all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const form = $("#filters"), fields = form.elements, NAMES = ["q", "from", "to", "show", "kind", "sure", "act", "place", "person"];
  const alike = JSON.parse($("#alike").textContent);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’ʼ‘`]/g, "");
  const cut = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  const parts = (row, name) => { const found = $(name, row); return found ? found.textContent.split(", ") : []; };

  const rows = all("#list li").map((row) => ({
    row, list: row.closest("section").dataset.list, kind: row.dataset.k, sure: row.dataset.s, act: row.dataset.a || "",
    from: row.dataset.f ? +row.dataset.f.slice(0, 4) : 0, to: row.dataset.l ? +row.dataset.l : 0,
    place: parts(row, ".place"), person: parts(row, ".people"), link: $("a", row),
  }));

  // words: every word of a row, found by its beginning; where nothing begins so, by words that differ in few letters
  const having = new Map();
  rows.forEach(({ row }, at) => { for (const word of new Set(cut(row.textContent))) having.has(word) ? having.get(word).push(at) : having.set(word, [at]); });
  const vocabulary = [...having.keys()];
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
    const sets = cut(want.q).map(withWord), from = +want.from || 0, to = +want.to || 9999, dated = want.from || want.to;
    return rows.filter((one, at) =>
      sets.every((set) => set.has(at)) && (!dated || (one.from && one.from <= to && one.to >= from)) && (!want.show || one.list === want.show) &&
      (!want.kind || one.kind === want.kind) && (!want.sure || one.sure === want.sure) && (!want.act || one.act === want.act) &&
      (!want.place || one.place.includes(want.place)) && (!want.person || one.person.some((name) => fold(name).includes(fold(want.person)))));
  };

  const marks = all("#lanes use"), lines = all("#lines g"), years = all("#bars g"), dots = all("#map circle");
  const of = (list) => rows.filter((one) => one.list === list);
  const events = of("events"), projects = of("projects");
  let shown = rows;
  const show = () => {
    const want = chosen(), found = new Set(filter(want));
    shown = rows.filter((one) => found.has(one));
    for (const one of rows) one.row.hidden = !found.has(one);
    for (const section of all("#list section")) {
      const number = shown.filter((one) => one.list === section.dataset.list).length;
      $(".of", section).textContent = number.toLocaleString("en");
      section.hidden = !number;
    }
    marks.forEach((mark, at) => mark.classList.toggle("out", !found.has(events[at])));
    lines.forEach((line, at) => line.classList.toggle("out", !found.has(projects[at])));
    const left = shown.filter((one) => one.list === "events");
    const inYear = new Set(left.map((one) => one.from)), inPlace = new Set(left.flatMap((one) => one.place));
    for (const year of years) year.classList.toggle("out", !inYear.has(+year.dataset.year));
    for (const dot of dots) dot.classList.toggle("out", !inPlace.has(dot.dataset.place));
    $("#count").textContent = `${shown.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} shown.`;
    const query = new URLSearchParams(Object.entries(want).filter(([, value]) => value)).toString();
    try { history.replaceState(null, "", query ? `?${query}` : location.pathname); } catch { /* a page on a disk may not, in some browsers */ }
  };
  const set = (values) => { for (const [name, value] of Object.entries(values)) fields[name].value = value; show(); };

  // one tab stop a picture: arrows move, Home and End jump, Enter and a click choose
  const rove = (svg, marked, act) => {
    const box = svg.parentElement;
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", box.dataset.label);
    svg.setAttribute("aria-describedby", `${svg.id}-words`);
    const go = (at) => {
      marked.forEach((one, number) => one.setAttribute("tabindex", number === at ? 0 : -1));
      marked[at].focus();
    };
    marked.forEach((one, at) => {
      one.setAttribute("tabindex", at ? -1 : 0);
      one.setAttribute("role", act.link ? "link" : "button");
      one.setAttribute("aria-label", act.label(one, at));
      one.addEventListener("click", () => act.choose(one, at));
      one.addEventListener("keydown", (event) => {
        const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marked.length - 1 }[event.key];
        if (event.key === "Enter" || event.key === " ") act.choose(one, at);
        else if (to === undefined) return;
        else go(Math.max(0, Math.min(marked.length - 1, to)));
        event.preventDefault();
      });
    });
  };
  const titled = (one) => $("title", one).textContent;
  const words = (one) => one.row.textContent.trim().split("\n")[0];
  rove($("#bars"), years, { label: titled, choose(one) {
    const year = one.dataset.year, again = fields.from.value === year && fields.to.value === year;
    set(again ? { from: "", to: "" } : { from: year, to: year });
  } });
  rove($("#lanes"), marks, { link: true, label: (_, at) => words(events[at]), choose: (_, at) => { location.href = events[at].link.href; } });
  rove($("#map"), dots, { label: titled, choose: (one) => set({ place: fields.place.value === one.dataset.place ? "" : one.dataset.place }) });
  rove($("#lines"), lines, { link: true, label: titled, choose: (_, at) => { location.href = projects[at].link.href; } });
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
    const lines = shown.map((one) => [
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
  set(Object.fromEntries(NAMES.map((name) => [name, given.get(name) || ""])));
  window.explorer = { filter: (want) => filter({ ...Object.fromEntries(NAMES.map((name) => [name, ""])), ...want }).length, table };
})();
