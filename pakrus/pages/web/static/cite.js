// Citations are there without a script; with one, each form has a button that copies it.
(() => {
  if (!navigator.clipboard) return;
  for (const said of document.querySelectorAll(".cite-forms dd:not(.cite-files)")) {
    const words = said.textContent, button = document.createElement("button"), what = said.previousElementSibling.textContent;
    button.type = "button";
    button.className = "cite-copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy: ${what}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(words);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    said.append(" ", button);
  }
})();
