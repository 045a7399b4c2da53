// Keyboard shortcuts. Only sent to whoever has not switched them off (WCAG 2.1.4).
// Comes in: keys. Goes out: the focus elsewhere, or another page. They rest while somebody types.
(() => {
  const pages = { w: "/", e: "/people", a: "/alerts", "?": "/my-account#keys" };
  const typing = (at) => at.matches("input, textarea, select, [contenteditable]");
  const step = (by) => {
    const people = [...document.querySelectorAll(".to-person")];
    if (people.length === 0) return;
    const now = people.indexOf(document.activeElement);
    const next = now < 0 ? (by > 0 ? 0 : people.length - 1) : now + by;
    people[Math.min(Math.max(next, 0), people.length - 1)].focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const search = document.getElementById("q");
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/" && search) search.focus();
    else if (event.key in pages) window.location.assign(pages[event.key]);
    else return;
    event.preventDefault();
  });
})();
