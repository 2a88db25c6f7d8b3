// The search page: asks the index that pakrus/pages/web/search.py made of the pages (its `fold` and `words` have twins here).
(() => {
  let pages, places, alike, passedOver, parts, named; // of the index, once places.js has called `start`
  const own = new Map(); // what has a page of its own: place -> address
  const words = {}, taken = new Map(); // the parts of the index that were asked for
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i" };
  const SHOWN = 8;

  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßæœøłđı]/g, (letter) => LETTERS[letter])
      .replace(/[\u2010-\u2015\u2212]/g, "-").replace(/['’ʼ‘`]s(?![\p{L}\p{N}])/gu, "").replace(/['’ʼ‘`]/g, "")
      .replace(/([0-9]),(?=[0-9]{3}(?![0-9]))/g, "$1");
  const runs = (text) => fold(text).match(/[\p{L}\p{N}]+(?:[/.-][\p{L}\p{N}]+)*/gu) || [];
  const joined = (run) => run.replace(/-/g, "").replace(/\.(?![0-9])/g, "").replace(/([^0-9])\.|^\./g, "$1");

  const union = (...maps) => {
    const found = new Map();
    for (const map of maps) for (const [place, weight] of map) found.set(place, Math.max(weight, found.get(place) || 0));
    return found;
  };
  const common = (maps) => {
    const found = new Map();
    for (const [place, weight] of maps[0] || []) {
      const weights = maps.map((map) => map.get(place));
      if (weights.every(Boolean)) found.set(place, weights.reduce((sum, each) => sum + each, 0));
    }
    return found;
  };

  // the places of one word of the index
  const exact = (word, weight) => {
    const found = new Map();
    let at = 0;
    if (Object.hasOwn(words, word)) for (const step of words[word]) found.set((at += step), weight);
    return found;
  };
  const spelled = (word, weight) =>
    union(exact(word, weight), ...(Object.hasOwn(alike, word) ? alike[word] : []).map((other) => exact(other, weight)));
  const beginning = (start, weight) => union(...Object.keys(words).filter((word) => word.startsWith(start) && word !== start).map((word) => exact(word, weight)));
  // agreements finds agreement, visited finds visit; what begins with the word is found anyway
  const relatives = (word) => {
    if (!/^\p{L}{5,}$/u.test(word)) return [];
    const stem = word.replace(/(?:ies|es|s|ing|ings|ed)$/, "");
    if (stem === word || stem.length < 3) return [];
    return [stem, `${stem}e`, `${stem}y`, `${stem}s`, `${stem}es`, `${stem}ed`, `${stem}ing`, `${stem}ies`].filter((other) => other !== word);
  };
  const one = (word) => {
    const whole = spelled(word, 3);
    if (/^[0-9]+$/.test(word) && whole.size) return whole;
    const parts = [whole, ...relatives(word).map((other) => spelled(other, 1.5))];
    if (word.length > 2) parts.push(beginning(word, 1));
    return union(...parts);
  };
  // what the reader wrote together: whole; in parts if the parts are all there, and for a symbol only if it is nowhere whole
  const asked = (run) => {
    const parts = run.split(/[/.-]/);
    if (parts.length === 1) return one(run);
    const whole = one(joined(run));
    const less = (found) => new Map([...found].map(([place, weight]) => [place, weight / parts.length / 2]));
    const years = run.match(/^([0-9]{2})([0-9]{2})-([0-9]{2}|[0-9]{4})$/); // 1965-66: both years, else either
    if (years) {
      const ends = [one(parts[0]), one(parts[1].length === 2 ? years[1] + parts[1] : parts[1])];
      const both = union(whole, less(common(ends)));
      return both.size ? both : less(union(...ends));
    }
    const [, number] = run.match(/^(?:[as]\/)?res\/([0-9].*)$/) || []; // S/RES/303 is resolution 303
    if (number) return union(whole, less(common([one("resolution"), asked(number)])));
    return run.includes("/") && whole.size ? whole : union(whole, less(common(parts.map(one))));
  };
  // “Su 30” is asked for as SU-30
  const questions = (query) => runs(query.replace(/(?<![\p{L}\p{N}])(\p{L}{1,4})\s+([0-9]{1,3})(?![\p{L}\p{N}])/gu,
    (both, letters, number) => (passedOver.includes(fold(letters)) ? both : `${letters}-${number}`)));

  // a part of the index is a script of its own: a page on a disk may load scripts, but not read files
  const partOf = (word) => (/^[a-z0-9]/.test(word) ? word[0] : "other");
  const load = (name) => {
    if (!taken.has(name)) {
      let done;
      const loaded = new Promise((resolve) => (done = resolve));
      taken.set(name, { loaded, done });
      if (parts.includes(name)) document.head.append(Object.assign(document.createElement("script"), { src: `search-index/${name}.js`, onerror: done }));
      else done();
    }
    return taken.get(name).loaded;
  };
  const needed = (query) => {
    const asked = questions(query).flatMap((run) => [...run.split(/[/.-]/), joined(run), ...(run.includes("res/") ? ["resolution"] : [])]);
    const others = asked.flatMap((word) => [word, ...relatives(word)]).flatMap((word) => (Object.hasOwn(alike, word) ? alike[word] : []));
    return [...new Set([...asked, ...others].filter(Boolean).map(partOf))];
  };

  const search = async (query) => {
    await Promise.all(needed(query).map(load));
    const all = [...new Set(questions(query))], telling = all.filter((run) => !passedOver.includes(run));
    const terms = telling.length ? telling : all;
    const found = terms.map(asked);
    const missing = terms.filter((_, number) => !found[number].size);
    let hits = common(found), whole = true;
    if (!hits.size && terms.length > 1 && !missing.length) {
      // no passage has all the words, but a page may
      const onPages = found.map((map) => union([...map].map(([place, weight]) => [places[place][0], weight])));
      const both = common(onPages);
      hits = new Map([...both].map(([page, weight]) => [places.findIndex((place) => place[0] === page), weight]));
      whole = false;
    }
    for (const [place, weight] of hits) {
      const heading = fold(places[place][2] || pages[places[place][0]][1]);
      const inHeading = terms.filter((term) => heading.includes(term)).length;
      hits.set(place, weight + 3 * inHeading);
    }
    return { terms, missing, hits, whole };
  };

  const element = (tag, ...children) => {
    const made = document.createElement(tag);
    made.append(...children);
    return made;
  };
  const link = (page, anchor, text) => {
    const made = element("a", text);
    made.href = pages[page][0] + (anchor ? `#${anchor}` : "");
    return made;
  };
  const list = (found) => element("ul", ...found.map(([place]) => {
    const [page, anchor, heading] = places[place];
    return element("li", link(page, anchor, heading || pages[page][1]));
  }));
  const counted = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
  const quoted = (texts) => texts.map((text) => `“${text}”`).join(", ");

  const folded = (list) => element("ul", ...list);
  // people and places: every word that is asked for begins a word of the name, in some spelling
  const called = (terms) => named.filter(([name, , , others]) => {
    const having = [name, ...others].flatMap((one) => fold(one).match(/[\p{L}\p{N}]+/gu) || []);
    const begins = (term) => having.some((word) => word.startsWith(term));
    return terms.every((term) => begins(term) || (Object.hasOwn(alike, term) && alike[term].some(begins)));
  });
  const things = (terms, hits) => {
    const items = called(terms).slice(0, SHOWN).map(([name, kind, count]) => {
      const made = element("a", name);
      made.href = `explore.html?${new URLSearchParams({ [kind]: name })}`;
      return element("li", made, ` (${kind}, ${counted(count, "event")})`);
    });
    const found = [...hits].filter(([place]) => own.has(place)).sort(([a, weightA], [b, weightB]) => weightB - weightA || a - b);
    const entries = found.map(([place]) => {
      const made = element("a", places[place][2]);
      made.href = own.get(place);
      return element("li", made);
    });
    if (!items.length && !entries.length) return [];
    const section = element("section", element("h2", "Events, claims, people and places"), folded([...items, ...entries.slice(0, SHOWN)]));
    section.id = "search-things";
    if (entries.length > SHOWN) section.append(element("details", element("summary", `${(entries.length - SHOWN).toLocaleString("en")} more events and claims`), folded(entries.slice(SHOWN))));
    return [section];
  };

  const show = async (query) => {
    const status = document.getElementById("search-status"), out = document.getElementById("search-results");
    out.replaceChildren();
    const { terms, missing, hits, whole } = await search(query);
    if (!hits.size) {
      const none = terms.length > 1 && missing.length ? ` The book has no word like ${quoted(missing)}.` : "";
      status.textContent = `Nothing in the book was found for “${query}”.${none}`;
      out.append(element("p", "What was searched: the text, tables, captions, chronology, claims, glossary and sources of every page, not the code and not the data files. Try fewer words, the beginning of a word, a year, or the number of a resolution alone."));
      return;
    }
    const byPage = new Map();
    for (const hit of [...hits].sort(([a, weightA], [b, weightB]) => weightB - weightA || a - b)) {
      const page = places[hit[0]][0];
      byPage.set(page, [...(byPage.get(page) || []), hit]);
    }
    status.textContent = whole
      ? `${counted(hits.size, "passage")} on ${counted(byPage.size, "page")} for “${query}”.`
      : `No single passage has all of “${query}”; ${counted(byPage.size, "page")} ${byPage.size === 1 ? "has" : "have"} all the words.`;
    if (whole) out.append(...things(terms, hits));
    for (const [page, found] of byPage) {
      const heading = element("h2", link(page, "", pages[page][1]));
      if (whole) heading.append(" ", element("small", counted(found.length, "passage")));
      out.append(element("section", heading, list(found.slice(0, SHOWN))));
      if (found.length > SHOWN) {
        const rest = found.slice(SHOWN);
        out.lastChild.append(element("details", element("summary", `${counted(rest.length, "more passage")} on this page`), list(rest)));
      }
    }
    // the page that is opened next marks the words (Sphinx's own script)
    localStorage.setItem("sphinx_highlight_terms", terms.filter((term) => term.length > 1).join(" "));
  };

  const query = (new URLSearchParams(location.search).get("q") || "").trim();
  const field = document.querySelector(".search-page input[name=q]");
  field.value = query;
  window.bookSearch = {
    fold, runs, search,
    start(index) {
      ({ pages, places, alike, passedOver, parts, named = [] } = index);
      for (const [kind, steps] of Object.entries(index.entries || {})) {
        let at = 0;
        for (const step of steps) own.set((at += step), `${kind}/${places[at][1]}.html`);
      }
      if (query) show(query);
      else field.focus();
    },
    take(name, part) {
      Object.assign(words, part);
      taken.get(name).done();
    },
  };
})();
