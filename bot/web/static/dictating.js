/* Speaking the words, only where the device itself turns them into text.
   In: what a person says. Out: the same in the text box, to be looked at and sent by them. */
"use strict";

(() => {
  const status = document.getElementById("status");
  const words = document.getElementById("words");
  const how = document.querySelector("#say input[name=how]");
  const say = (name) => { status.textContent = status.dataset[name]; };

  async function offerDictation() {
    const Recognition = window.SpeechRecognition;
    if (!Recognition || typeof Recognition.available !== "function") return;
    // A browser that does not know this would send the voice away, whatever it is set to.
    if (!("processLocally" in new Recognition())) return;
    const here = await Recognition.available({ langs: ["en-GB"], processLocally: true });
    if (here !== "available") return;
    const button = document.getElementById("dictate");
    let listening = null;
    const ended = () => {
      listening = null;
      button.setAttribute("aria-pressed", "false");
      button.textContent = button.dataset.start;
    };
    button.addEventListener("click", () => {
      if (listening) { listening.stop(); return; }
      const recognition = new Recognition();
      recognition.processLocally = true;
      if (recognition.processLocally !== true) return;
      recognition.lang = "en-GB";
      recognition.interimResults = false;
      let heard = false;
      recognition.onresult = (event) => {
        for (let index = event.resultIndex || 0; index < event.results.length; index += 1) {
          const said = event.results[index][0].transcript.trim();
          if (!said) continue;
          heard = true;
          words.value = words.value.trim() ? `${words.value.trimEnd()} ${said}` : said;
          how.value = "dictated";
        }
      };
      recognition.onerror = () => {};
      recognition.onend = () => {
        ended();
        say(heard ? "dictated" : "dictateFailed");
        if (heard) words.focus();
      };
      listening = recognition;
      button.setAttribute("aria-pressed", "true");
      button.textContent = button.dataset.stop;
      say("dictating");
      try { recognition.start(); } catch { ended(); say("dictateFailed"); }
    });
    words.addEventListener("input", () => { if (!words.value) how.value = "typed"; });
    button.hidden = false;
  }
  offerDictation().catch(() => {});
})();
