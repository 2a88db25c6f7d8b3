// A number in the text leads to its row in a table that is folded away with the code: open the fold, go there.
(() => {
  const show = () => {
    if (!location.hash.startsWith("#fact-")) return;
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row) return;
    for (let fold = row.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", show);
  // the same link once more: the address stays, but the fold may have been shut
  addEventListener("click", ({ target }) => {
    const link = target.closest && target.closest("a.fact");
    if (link && link.href === location.href) setTimeout(show);
  });
  show();
})();
