// A box that scrolls is a stop of the Tab key and fades at the side where something is hidden; one that does not is neither.
(() => {
  if (!window.ResizeObserver) return;
  const look = (box) => {
    const hidden = box.scrollWidth - box.clientWidth, at = box.scrollLeft;
    const far = box.checkVisibility && !box.checkVisibility({ contentVisibilityAuto: true }); // not laid out yet: nobody knows
    if (hidden > 1 || far) box.tabIndex = 0;
    else if (document.activeElement !== box) box.removeAttribute("tabindex");
    const more = hidden > 1 ? [at > 1 && "before", at < hidden - 1 && "after"].filter(Boolean).join(" ") : "";
    if (box.dataset.more !== more) box.dataset.more = more;
  };
  const seen = new ResizeObserver((entries) => { for (const box of new Set(entries.map(({ target }) => target.closest(".scroll-box")))) look(box); });
  for (const box of document.querySelectorAll(".scroll-box")) {
    seen.observe(box);
    for (const inside of box.children) seen.observe(inside);
    box.addEventListener("scroll", () => look(box), { passive: true });
  }
})();
