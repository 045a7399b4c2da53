// The morning page keeps itself fresh: htmx asks, and this says what came of it.
// Comes in: htmx's events. Goes out: the title, a word for screen readers, and whether it is stale.
(() => {
  const list = () => document.getElementById("list");
  const stale = (is) => { document.getElementById("stale").hidden = !is; };
  document.getElementById("live").hidden = false;
  document.addEventListener("htmx:afterSwap", () => {
    document.title = list().dataset.title;
    document.getElementById("news").textContent = list().dataset.says;
  });
  document.addEventListener("htmx:afterRequest", (event) => stale(!event.detail.successful));
})();
