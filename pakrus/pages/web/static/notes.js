// A note shows its sources in a card beside the number: on hover and focus to look, on click to stay. Without this script
// the number leads to the note at the end of the page, and the note back.
(() => {
  const marks = document.querySelectorAll("sup.note a");
  if (!marks.length || !HTMLElement.prototype.showPopover) return;
  const card = document.createElement("div");
  card.id = "note-card";
  card.popover = "auto"; // a click elsewhere shuts it
  card.setAttribute("role", "note");
  document.querySelector("article").append(card);
  let shown = null, kept = false, shutting = false, timer = 0;

  // a source that this note names in short is in full in its first note: the same place as in what is named there
  const full = (note) => {
    const copy = note.cloneNode(true);
    copy.querySelectorAll("[role=doc-backlink]").forEach((link) => link.remove());
    copy.querySelectorAll(":scope > a").forEach((short) => {
      const named = document.getElementById(short.hash.slice(1).replace("note", "call")).dataset.sources.split("; ");
      const source = document.querySelectorAll(`${short.hash} > :is(span, a:not([role]))`)[named.indexOf(short.textContent)];
      if (source) short.replaceWith(source.cloneNode(true));
    });
    return [...copy.childNodes];
  };
  const fill = (mark) => {
    const note = document.getElementById(mark.hash.slice(1));
    const text = document.createElement("p");
    text.append(...full(note));
    const row = document.createElement("p");
    const copy = document.createElement("button");
    copy.type = "button";
    copy.textContent = "Copy citation";
    copy.onclick = async () => {
      const words = [...text.childNodes].map((node) => node.textContent).join("");
      const addresses = [...text.querySelectorAll("a[href^=http]")].map((link) => link.href);
      await navigator.clipboard.writeText([words.replace(/\s+/g, " ").trim(), ...addresses].join(" "));
      copy.textContent = "Copied";
    };
    const all = document.createElement("a");
    all.href = mark.hash;
    all.textContent = "All notes";
    all.onclick = () => card.hidePopover();
    row.append(copy, " ", all);
    card.replaceChildren(text, row);
    card.setAttribute("aria-label", `Note ${mark.textContent}`);
  };
  const place = (mark) => {
    const at = mark.getBoundingClientRect(), width = card.offsetWidth, height = card.offsetHeight;
    const below = at.bottom + height + 12 < innerHeight; // else above
    card.style.left = `${Math.round(Math.min(Math.max(8, at.left - width / 3), innerWidth - width - 8))}px`;
    card.style.top = `${Math.round(below ? at.bottom + 6 : Math.max(8, at.top - height - 6))}px`;
  };
  const show = (mark, keep) => {
    clearTimeout(timer);
    kept = keep;
    if (shown !== mark || !card.matches(":popover-open")) {
      fill(mark);
      card.showPopover();
      place(mark);
    }
    shown = mark;
  };
  const leave = () => {
    clearTimeout(timer);
    if (!kept) timer = setTimeout(hide, 250);
  };
  for (const mark of marks) {
    mark.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(mark, kept && shown === mark));
    mark.addEventListener("pointerleave", leave);
    mark.addEventListener("focus", () => !shutting && mark.matches(":focus-visible") && show(mark, false));
    mark.addEventListener("blur", leave);
    mark.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(mark, true);
      if (event.detail === 0) card.querySelector("a, button").focus(); // by keyboard: into the card, Escape leads back
    });
  }
  const hide = () => card.matches(":popover-open") && card.hidePopover();
  addEventListener("scroll", () => card.contains(document.activeElement) || card.matches(":hover") || hide(), { passive: true });
  addEventListener("keydown", (event) => event.key === "Escape" && hide()); // not every browser does so by itself
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", leave);
  card.addEventListener("focusin", () => { kept = true; });
  // the focus goes back to the number, which must not open the card again
  card.addEventListener("beforetoggle", (event) => { shutting = event.newState === "closed"; });
  card.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    kept = false;
    if (shown && card.contains(document.activeElement)) shown.focus({ preventScroll: true });
    shutting = false;
  });
})();
