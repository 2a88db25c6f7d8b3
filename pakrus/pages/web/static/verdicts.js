// The ledger of claims by verdict: chips with counts, the choice in the address; without script the whole list stands.
(() => {
  const claims = [...document.querySelectorAll("section.event.claim")].map((row) => ({ row, badge: row.querySelector(".verdict") })).filter(({ badge }) => badge);
  const title = document.querySelector(".bd-article h1");
  if (!claims.length || !title) return;
  const NAME = "verdict", counts = new Map();
  for (const { badge } of claims) counts.set(badge.textContent, (counts.get(badge.textContent) || 0) + 1);
  const group = document.createElement("div"), said = document.createElement("span");
  group.className = "verdict-chips";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Claims by verdict");
  said.setAttribute("role", "status");
  const show = (verdict) => {
    for (const { row, badge } of claims) row.hidden = Boolean(verdict) && badge.textContent !== verdict;
    for (const part of document.querySelectorAll("section.chronology")) {
      const own = part.querySelectorAll(".claim");
      part.hidden = own.length > 0 && [...own].every((row) => row.hidden);
    }
    for (const button of group.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === verdict));
    said.textContent = verdict ? `${counts.get(verdict)} of ${claims.length} claims shown` : "";
  };
  const chip = (verdict, words, classes) => {
    const button = document.createElement("button");
    button.type = "button";
    button.value = verdict;
    button.textContent = words;
    if (classes) button.className = classes;
    button.addEventListener("click", () => {
      const address = new URL(location.href);
      address.hash = "";
      if (verdict) address.searchParams.set(NAME, verdict); else address.searchParams.delete(NAME);
      try { history.replaceState(null, "", address); } catch {}
      show(verdict);
    });
    group.append(button);
  };
  chip("", `All ${claims.length}`);
  for (const [verdict, number] of counts) chip(verdict, `${verdict} ${number}`, claims.find(({ badge }) => badge.textContent === verdict).badge.className);
  group.append(said);
  let before = title;
  while (before.nextElementSibling && before.nextElementSibling.tagName !== "SECTION") before = before.nextElementSibling;
  before.after(group);
  const asked = new URLSearchParams(location.search).get(NAME) || "";
  show(counts.has(asked) && !location.hash ? asked : "");
  // a link to a claim that the choice hides shows all again
  addEventListener("hashchange", () => { const row = document.getElementById(decodeURIComponent(location.hash.slice(1))); if (row && row.closest("[hidden]")) { show(""); row.scrollIntoView(); } });
})();
