/* Speaking to the page: words that the device itself writes down, and a recording of one's voice.
   In: the microphone. Out: words in the box, or a file in its form; nothing is sent by itself. */
"use strict";

(() => {
  const status = document.getElementById("status");
  const words = document.getElementById("words");
  const how = document.querySelector("#say input[name=how]");

  const say = (name) => { status.textContent = name ? status.dataset[name] : ""; };

  /* ---- speaking the words: only where the device itself turns them into text ---- */

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

  /* ---- recording the voice: listened to first, then sent by the person ---- */

  const record = document.getElementById("record");
  const recorded = record.querySelector("form");
  const player = recorded.querySelector("audio");

  function throwAway() {
    recorded.hidden = true;
    recorded.blob = null;
    if (player.src) URL.revokeObjectURL(player.src);
    player.removeAttribute("src");
  }

  recorded.addEventListener("sent", throwAway);

  function offerRecording() {
    if (!window.MediaRecorder || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return;
    const button = document.getElementById("record-toggle");
    let recorder = null;
    const ended = () => {
      recorder = null;
      button.setAttribute("aria-pressed", "false");
      button.textContent = button.dataset.start;
    };
    button.addEventListener("click", async () => {
      if (recorder) { if (recorder.state !== "inactive") recorder.stop(); return; }
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch { say("recordFailed"); return; }
      throwAway();
      const parts = [];
      recorder = new MediaRecorder(stream);
      recorder.ondataavailable = (event) => { if (event.data.size) parts.push(event.data); };
      recorder.onstop = () => {
        const type = (recorder.mimeType || "audio/webm").split(";")[0];
        for (const track of stream.getTracks()) track.stop();
        ended();
        recorded.blob = new Blob(parts, { type });
        player.src = URL.createObjectURL(recorded.blob);
        recorded.hidden = false;
        say("recorded");
        recorded.querySelector("button").focus();
      };
      recorder.start();
      button.setAttribute("aria-pressed", "true");
      button.textContent = button.dataset.stop;
      say("recording");
    });
    document.getElementById("throw-away").addEventListener("click", () => {
      throwAway();
      say("");
      button.focus();
    });
    record.hidden = false;
  }
  offerRecording();
})();
