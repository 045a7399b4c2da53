/* "Listen" plays in place, one thing at a time, and nothing plays that nobody asked for.
   In: the links that lead to a page with a player; without script they still do. The log is read
   out when something is added to it, so nothing is: a link only changes how it answers. */
"use strict";

(() => {
  const log = document.querySelector(".log");
  const page = document.querySelector("main");
  const status = document.getElementById("status");
  const sound = new Audio();
  const kind = sound.canPlayType('audio/ogg; codecs="opus"') ? "ogg" : "mp3";
  let playing = null;

  // Its text node is kept and rewritten: a new one would be an addition to the log.
  const label = (link, text) => { link.firstChild.data = text; };

  function offer() {
    for (const link of page.querySelectorAll("a.listen:not([role])")) {
      link.setAttribute("role", "button");
      link.setAttribute("aria-pressed", "false");
      link.dataset.listen = link.firstChild.data;
    }
  }

  function stopped() {
    if (!playing) return;
    label(playing, playing.dataset.listen);
    playing.setAttribute("aria-pressed", "false");
    playing = null;
  }

  function stop() {
    sound.pause();
    stopped();
  }

  async function play(link) {
    stop();
    playing = link;
    label(link, log.dataset.stopListening);
    link.setAttribute("aria-pressed", "true");
    status.textContent = "";
    sound.src = `/sound/${link.dataset.key}.${kind}`;
    try {
      await sound.play();
    } catch {
      // Another press may have begun something else meanwhile.
      if (playing !== link) return;
      stopped();
      status.textContent = log.dataset.cannotListen;
    }
  }

  function pressed(link) {
    if (link === playing) { stop(); return; }
    for (const other of document.querySelectorAll("audio")) other.pause();
    play(link);
  }

  sound.addEventListener("ended", stopped);

  // A player that begins by its own button ends whatever else is heard.
  document.addEventListener("play", (event) => {
    stop();
    for (const other of document.querySelectorAll("audio")) {
      if (other !== event.target) other.pause();
    }
  }, true);

  page.addEventListener("click", (event) => {
    const link = event.target.closest("a.listen");
    if (!link) return;
    event.preventDefault();
    pressed(link);
  });

  // A link answers to Enter only; what says it is a button answers to the space bar too.
  page.addEventListener("keydown", (event) => {
    const link = event.key === " " && event.target.closest("a.listen");
    if (!link) return;
    event.preventDefault();
    pressed(link);
  });

  new MutationObserver(offer).observe(page, { childList: true, subtree: true });
  offer();
})();
