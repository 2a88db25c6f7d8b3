// What the pages do beyond HTML: light or dark, contents that slide in, the search box, the menu, the place in the contents. It does
// the work of the theme's own scripts (95 kB, most of it for parts that this book has not) and, unlike these, never measures a page
// while it is laid out: what is in sight, observers tell.
(() => {
  const root = document.documentElement, one = (what) => document.querySelector(what), all = (what) => [...document.querySelectorAll(what)];
  const wide = matchMedia("(min-width: 992px)"), dark = matchMedia("(prefers-color-scheme: dark)");
  const keep = (where, name, value) => { try { if (value === undefined) return where().getItem(name); where().setItem(name, value); } catch { return null; } };
  const local = () => localStorage, session = () => sessionStorage;
  const outside = (box) => (event) => {
    const { left, right, top, bottom } = box.getBoundingClientRect();
    if (box.open && (event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom)) box.close();
  };

  // light, dark, or as the system has it
  const show = (mode) => {
    const theme = mode === "auto" ? (dark.matches ? "dark" : "light") : mode;
    root.dataset.mode = mode;
    if (root.dataset.theme !== theme) root.dataset.theme = theme;
    for (const menu of all(".dropdown-menu")) menu.classList.toggle("dropdown-menu-dark", theme === "dark");
    keep(local, "mode", mode);
    keep(local, "theme", theme);
  };
  const now = () => (["light", "dark"].includes(root.dataset.mode) ? root.dataset.mode : "auto");
  show(now());
  dark.addEventListener("change", () => show(now()));
  for (const button of all(".theme-switch-button")) button.addEventListener("click", () => {
    const order = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    show(order[(order.indexOf(now()) + 1) % 3]);
  });

  // contents: on a phone in a box over the page, on a wide screen beside it, to be put away
  for (const [button, side] of [[one(".primary-toggle"), "pst-primary-sidebar"], [one(".secondary-toggle"), "pst-secondary-sidebar"]]) {
    const bar = document.getElementById(side), box = document.getElementById(`${side}-modal`);
    if (!button || !bar || !box) continue;
    const move = (from, to) => {
      to.append(...from.childNodes);
      for (const name of [...from.classList]) { from.classList.remove(name); to.classList.add(name); }
    };
    button.addEventListener("click", (event) => {
      event.preventDefault();
      if (wide.matches && button.matches(".primary-toggle")) { bar.classList.toggle("pst-sidebar-hidden"); return; }
      move(bar, box);
      box.showModal();
    });
    box.addEventListener("click", outside(box));
    box.addEventListener("close", () => move(box, bar));
  }
  const bar = one("div.bd-sidebar"), held = parseInt(keep(session, "sidebar-scroll-top"), 10);
  if (bar) {
    if (held) bar.scrollTop = held;
    else new IntersectionObserver(([here], observer) => { // only if the page's own line is out of sight
      observer.disconnect();
      if (!here.isIntersecting) bar.scrollTop += here.boundingClientRect.top - innerHeight / 3;
    }).observe(one(".bd-docs-nav li.current > a") || bar);
    addEventListener("pagehide", () => keep(session, "sidebar-scroll-top", bar.scrollTop));
  }

  // the search box
  const dialog = document.getElementById("pst-search-dialog");
  const search = () => {
    const own = one("main form.bd-search input, article form.bd-search input"), field = own || dialog.querySelector("input");
    if (own) { if (document.activeElement === own) own.blur(); else { own.focus(); own.select(); } }
    else if (dialog.open) dialog.close();
    else { dialog.showModal(); field.focus(); }
  };
  if (dialog) {
    const apple = /^(Mac|iPhone)/.test(navigator.platform);
    if (apple) for (const key of all(".search-button__kbd-shortcut kbd.kbd-shortcut__modifier")) key.textContent = "⌘";
    for (const button of all(".search-button__button")) button.addEventListener("click", search);
    dialog.addEventListener("click", outside(dialog));
    addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      const asked = /^k$/i.test(event.key) && (apple ? event.metaKey : event.ctrlKey) && !event.shiftKey && !event.altKey;
      if (asked || (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey)) { event.preventDefault(); search(); }
    }, true);
  }

  // menus
  for (const button of all('[data-bs-toggle="dropdown"]')) {
    const menu = button.parentElement.querySelector(".dropdown-menu");
    const open = (yes) => { menu.classList.toggle("show", yes); button.classList.toggle("show", yes); button.setAttribute("aria-expanded", yes); };
    menu.dataset.bsPopper = "static";
    button.addEventListener("click", () => open(!menu.classList.contains("show")));
    document.addEventListener("click", (event) => { if (!button.parentElement.contains(event.target) || menu.contains(event.target)) open(false); });
    button.parentElement.addEventListener("keydown", (event) => {
      const items = [...menu.querySelectorAll("a, button")], at = items.indexOf(document.activeElement);
      if (event.key === "Escape" && menu.classList.contains("show")) { open(false); button.focus(); }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        open(true);
        items.at((at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1)) % items.length).focus();
      }
    });
    button.parentElement.addEventListener("focusout", (event) => { if (event.relatedTarget && !button.parentElement.contains(event.relatedTarget)) open(false); });
  }

  // where the reader is: the last section that reaches up to a line below the top of the window
  const places = new Map();
  for (const link of all('#pst-page-toc-nav a[href^="#"]')) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) places.set(section, link);
  }
  const seen = new Set();
  const spy = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
    const here = [...places.keys()].findLast((section) => seen.has(section)), link = places.get(here);
    if (!link) return;
    for (const old of all("#pst-page-toc-nav .active")) old.classList.remove("active");
    for (let item = link.closest("li"); item; item = item.parentElement.closest("#pst-page-toc-nav li")) {
      item.classList.add("active");
      item.querySelector("a").classList.add("active");
    }
  }, { rootMargin: "-15% 0px -80% 0px" });
  for (const section of places.keys()) spy.observe(section);

  // a shadow under the bar, the way back to the top
  const top = one(".sbt-scroll-pixel-helper"), far = document.getElementById("pst-scroll-pixel-helper"), up = document.getElementById("pst-back-to-top");
  if (top) new IntersectionObserver(([{ boundingClientRect: { y } }]) => document.body.classList.toggle("scrolled", y < 0)).observe(top);
  if (far && up) {
    new IntersectionObserver(([{ isIntersecting }]) => { up.style.display = isIntersecting ? "none" : "block"; }).observe(far);
    up.addEventListener("click", () => scrollTo(0, 0));
  }

  // code that is wider than its box is reached by the keyboard
  const sized = new ResizeObserver((entries) => {
    for (const { target } of entries) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  for (const code of all("pre")) sized.observe(code);

  // words looked for are marked on the page that was found: Sphinx's script, fetched by who comes from the search
  // (not on the search page: there they are still those of the search before)
  if (!document.querySelector(".search-page") && (/[?&]highlight=/.test(location.search) || keep(local, "sphinx_highlight_terms"))) {
    const folder = document.currentScript.src.replace(/page\.js.*/, "");
    for (const name of ["documentation_options.js", "doctools.js", "sphinx_highlight.js"]) {
      const script = document.createElement("script");
      script.src = folder + name;
      script.async = false;
      document.head.append(script);
    }
  }
})();
