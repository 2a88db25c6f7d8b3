// Reading, Methods, Code: which layers of a page are open. The choice holds for all pages, where the browser keeps it.
(() => {
  const LAYERS = ["reading", "methods", "code"], root = document.documentElement;
  const folds = [...document.querySelectorAll("details.code-fold:not(.solution)")];
  const header = document.querySelector(".bd-header-article .header-article-items__end"), title = document.querySelector(".bd-article h1");
  if (!folds.length || !header || !title) return;
  let kept;
  try { kept = localStorage.getItem("layer"); } catch {}
  const group = document.createElement("div");
  group.className = "layer-switch";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "What this page shows");
  const show = (layer, first) => {
    root.dataset.layer = layer;
    for (const button of group.children) button.setAttribute("aria-pressed", String(button.dataset.layer === layer));
    if (first && layer === "reading") return; // folds are shut, but for one that a link has opened
    for (const fold of folds) fold.open = layer === "code" || (layer === "methods" && fold.classList.contains("steps"));
  };
  for (const layer of LAYERS) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.layer = layer;
    button.textContent = layer[0].toUpperCase() + layer.slice(1);
    button.addEventListener("click", () => {
      // what stands at the top of the window stays there
      const seen = [...document.querySelectorAll(".bd-article :is(h1, h2, h3, p)")].find((one) => one.getBoundingClientRect().top > 60 && !one.closest("details"));
      const before = seen && seen.getBoundingClientRect().top;
      show(layer);
      if (seen) scrollBy({ top: seen.getBoundingClientRect().top - before, behavior: "instant" });
      try { localStorage.setItem("layer", layer); } catch {}
    });
    group.append(button);
  }
  // a phone's header has no room for it
  const narrow = matchMedia("(max-width: 640px)"), put = () => (narrow.matches ? title.after(group) : header.prepend(group));
  narrow.addEventListener("change", put);
  put();
  show(LAYERS.includes(kept) ? kept : LAYERS[0], true);
})();
