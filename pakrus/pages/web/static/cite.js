// Citations are there without a script; with one, each form has a button that copies it, and the paragraph that the address
// names is the one cited.
(() => {
  const place = document.querySelector(".cite-paragraph");
  const follow = () => {
    const [, number] = location.hash.match(/^#p(\d+)$/) || [];
    if (number) place.textContent = number;
  };
  if (place) {
    addEventListener("hashchange", follow);
    follow();
  }
  if (!navigator.clipboard) return;
  for (const said of document.querySelectorAll(".cite-forms dd:not(.cite-files)")) {
    const button = document.createElement("button"), what = said.previousElementSibling.textContent;
    button.type = "button";
    button.className = "cite-copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy: ${what}`);
    button.addEventListener("click", async () => {
      const words = [...said.childNodes].filter((node) => node !== button).map((node) => node.textContent);
      await navigator.clipboard.writeText(words.join("").trim());
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    said.append(" ", button);
  }
})();
