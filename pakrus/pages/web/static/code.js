// Each block of code has a button that copies it; without a script, or without leave to copy, there is none.
(() => {
  if (!navigator.clipboard) return;
  for (const code of document.querySelectorAll("div.highlight pre")) {
    const button = document.createElement("button"), words = () => code.textContent.replace(/\n$/, "");
    button.type = "button";
    button.className = "copy-code";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy the code: ${words().trim().split("\n")[0].slice(0, 60)}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(words());
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    code.after(button);
  }
})();
