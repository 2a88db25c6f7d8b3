// A box that scrolls is a stop of the Tab key and fades at the side where something is hidden; one that does not is neither.
(() => {
  if (!window.ResizeObserver) return;
  const look = (box) => {
    if (box.checkVisibility && !box.checkVisibility({ contentVisibilityAuto: true })) return void (box.tabIndex = 0); // not laid out: nobody knows
    const hidden = box.scrollWidth - box.clientWidth, at = box.scrollLeft;
    if (hidden > 1) box.tabIndex = 0;
    else if (document.activeElement !== box) box.removeAttribute("tabindex");
    const more = hidden > 1 ? [at > 1 && "before", at < hidden - 1 && "after"].filter(Boolean).join(" ") : "";
    if (box.dataset.more !== more) box.dataset.more = more;
  };
  const seen = new ResizeObserver((entries) => { for (const box of new Set(entries.map(({ target }) => target.closest(".scroll-box")))) look(box); });
  const boxes = document.querySelectorAll(".scroll-box");
  addEventListener("resize", () => boxes.forEach(look)); // of what is not laid out no observer tells
  for (const box of boxes) {
    seen.observe(box);
    for (const inside of box.children) seen.observe(inside);
    box.addEventListener("scroll", () => look(box), { passive: true });
  }
})();
