// Light or dark on pages without the theme: as the reader chose on the book's pages, else as the system has it.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = () => {
    let mode;
    try { mode = localStorage.getItem("mode"); } catch {}
    document.documentElement.dataset.theme = mode === "light" || mode === "dark" ? mode : dark.matches ? "dark" : "light";
  };
  dark.addEventListener("change", set);
  set();
})();
