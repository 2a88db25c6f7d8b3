// The list of sources is there without a script; with one, words and a kind narrow it, and each source can be copied.
(() => {
  const form = document.querySelector(".source-filter");
  if (!form) return;
  const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const [words, kind, status] = form.querySelectorAll("input, select, [role=status]");
  const entries = [...document.querySelectorAll(".citation-list > li")].map((node) => ({
    node, text: fold(node.textContent), kind: node.querySelector("p + p > span").textContent,
  }));
  const counts = new Map();
  for (const { kind: name } of entries) counts.set(name, (counts.get(name) || 0) + 1);
  for (const [name, count] of [...counts].sort((a, b) => b[1] - a[1])) kind.add(new Option(`${name} (${count})`, name));
  const letters = [...document.querySelectorAll(".source-letter")].map((head) => ({
    head, list: head.nextElementSibling, link: document.querySelector(`.source-letters a[href="#${head.id}"]`),
  }));
  const narrow = () => {
    const asked = fold(words.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const { node, text, kind: name } of entries) {
      const fits = (!kind.value || name === kind.value) && asked.every((word) => text.includes(word));
      node.hidden = !fits;
      left += fits;
    }
    for (const { head, list, link } of letters) {
      head.hidden = link.hidden = !list.querySelector("li:not([hidden])");
    }
    status.textContent = `${left} of ${entries.length} sources`;
  };
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  narrow();
  const aim = () => document.querySelector(".citation-list > :target")?.scrollIntoView(); // what is added here moves the place
  if (!navigator.clipboard) return aim();
  const read = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  for (const { node } of entries) {
    const button = document.createElement("button"), [said] = node.querySelectorAll("p");
    button.type = "button";
    button.className = "source-copy";
    button.textContent = "Copy citation";
    button.setAttribute("aria-describedby", node.id);
    button.addEventListener("click", async () => {
      const addresses = [...said.querySelectorAll("a[href^=http]")].map((link) => link.href);
      const date = node.dataset.read ?? form.dataset.read; // empty where none is known
      const day = addresses.length && date ? [`(read ${read.format(new Date(date))})`] : [];
      await navigator.clipboard.writeText([said.textContent.replace(/\s+/g, " ").trim(), ...addresses, ...day].join(" "));
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy citation"), 2000);
    });
    node.lastElementChild.append(" ", button);
  }
  aim();
})();
