/* Saves reloading, and nothing else depends on it: every form here also works without.
   In: forms and /news. Out: new messages in the log, in place. No word leaves for anywhere else. */
"use strict";

(() => {
  const LOOK_EVERY = 2000;
  const LONGEST_WAIT = 20000;
  const LARGEST_FILE = 20 * 1024 * 1024;

  const log = document.querySelector(".log");
  const past = document.querySelector(".past");
  const status = document.getElementById("status");
  const words = document.getElementById("words");
  const how = document.querySelector("#say input[name=how]");
  const newAbove = document.querySelector(".new-above");
  const sending = new Set();
  let known = true;

  const say = (name) => { status.textContent = name ? status.dataset[name] : ""; };

  /* ---- words not sent yet: kept in this tab over a reload, gone when they are sent or left ---- */

  const unsentAt = `unsent-${log.dataset.chat}`;
  const forgetUnsent = () => sessionStorage.removeItem(unsentAt);

  function keepUnsent() {
    if (words.value.trim()) sessionStorage.setItem(unsentAt, words.value);
    else forgetUnsent();
  }

  words.addEventListener("input", keepUnsent);
  if (!words.value.trim()) words.value = sessionStorage.getItem(unsentAt) || "";

  /* Somebody left, or another chat is open here now: nothing of this one stays on the screen. */
  function goAway() {
    forgetUnsent();
    document.documentElement.hidden = true;
    location.replace("/");
  }

  /* ---- what the server sends ---- */

  const parse = (html) => new DOMParser().parseFromString(html, "text/html");

  /* Put in what is not there yet; what is there is left alone, so that nothing is read out twice. */
  function bringIn(news) {
    const fresh = news.querySelector(".log");
    const here = new Map([...past.lastElementChild.children, ...log.children].map((node) => [node.dataset.key, node]));
    let before = null;
    let added = false;
    for (const node of [...fresh.children]) {
      const old = here.get(node.dataset.key);
      if (old) {
        if (node.id) old.id = node.id; else old.removeAttribute("id");
        // "Today" becomes "Yesterday" on a page that stays open.
        if (old.matches(".day") && old.textContent !== node.textContent) old.textContent = node.textContent;
        if (old.querySelectorAll("img, audio").length !== node.querySelectorAll("img, audio").length) {
          old.replaceChildren(...document.importNode(node, true).childNodes);
        }
        before = old;
      } else {
        const placed = document.importNode(node, true);
        if (before) before.after(placed); else log.prepend(placed);
        before = placed;
        added = true;
      }
    }
    const newest = fresh.querySelector("#newest");
    for (const node of log.querySelectorAll("#newest")) {
      if (!newest || node.dataset.key !== newest.dataset.key) node.removeAttribute("id");
    }
    log.dataset.mark = fresh.dataset.mark;
    for (const part of news.querySelectorAll("[data-part]")) {
      const mine = document.querySelector(`[data-part="${part.dataset.part}"]`);
      if (mine.dataset.buttons === part.dataset.buttons) continue;
      mine.dataset.buttons = part.dataset.buttons;
      mine.replaceChildren(...document.importNode(part, true).childNodes);
    }
    return added;
  }

  /* What is answered goes up to the messages before: Listen after Listen would stand before the
     answers. It is done only after a message of theirs, never while they read. */
  function putAway() {
    const all = [...log.children];
    let begins = all.findLastIndex((node) => node.matches(".mine"));
    while (begins > 0 && all[begins - 1].matches(".mine, .day")) begins -= 1;
    if (begins < 1) return;
    past.lastElementChild.append(...all.slice(0, begins));
    past.hidden = false;
  }

  /* After a message was kept, every form gets a nonce of its own for the next one. */
  const renew = (nonce) => document.querySelectorAll("input[name=nonce]").forEach((field) => { field.value = nonce; });

  function showNewest() {
    const newest = document.getElementById("newest");
    if (newest) newest.scrollIntoView({ block: "start" });
    newAbove.hidden = true;
  }

  /* ---- sending ---- */

  async function send(form, submitter, again = false) {
    if (sending.has(form)) return;
    const body = new FormData(form);
    if (submitter && submitter.name) body.append(submitter.name, submitter.value);
    if (form.blob) body.append("file", form.blob, "voice");
    const file = body.get("file");
    if (file instanceof File && file.size > LARGEST_FILE) { say("tooBig"); return; }
    const typed = form.querySelector("textarea");
    const typedWords = typed ? typed.value : "";
    const tapped = submitter && submitter.closest("[data-part]");
    sending.add(form);
    clearProblem();
    const late = setTimeout(() => say("sending"), 400);
    let answer, text;
    try {
      const plain = form.enctype === "multipart/form-data" ? body : new URLSearchParams(body);
      answer = await fetch(form.action, {
        method: "POST", body: plain, headers: { "X-Chat": "1" }, credentials: "same-origin",
        signal: AbortSignal.timeout(form.enctype === "multipart/form-data" ? 120000 : LONGEST_WAIT),
      });
      text = await answer.text();
    } catch {
      say("notSent");
      return;
    } finally {
      clearTimeout(late);
      sending.delete(form);
    }
    say("");
    const news = parse(text);
    if (answer.ok && news.querySelector(".log")) {
      // What was typed while it was being sent stays.
      if (typed && typed.value === typedWords) { form.reset(); typed.value = ""; }
      keepUnsent();
      if (form.id === "say") how.value = "typed";
      // What was made for this form, a recording, is not needed any more.
      form.dispatchEvent(new Event("sent"));
      bringIn(news);
      putAway();
      renew(news.querySelector(".log").dataset.nonce);
      showNewest();
      if (tapped && !document.activeElement.closest("form")) focusAnswers();
    } else if (answer.status === 403 && news.querySelector("[data-csrf]") && !again) {
      // The form is older than its cookie. Both are new now, and the same message goes once more.
      const fresh = news.querySelector("[data-csrf]").dataset.csrf;
      for (const field of document.querySelectorAll("input[name=_csrf_token]")) field.value = fresh;
      await send(form, submitter, true);
    } else if ((answer.status === 401 || answer.status === 409) && !form.blob) {
      // No chat is open here any more, or another: a whole page says so, and gives the words back.
      forgetUnsent();
      form.submit();
    } else {
      showProblem(form, news.querySelector("[data-problem]"));
    }
  }

  function showProblem(form, line) {
    if (!line) { say("notSent"); return; }
    status.textContent = line.textContent;
    status.classList.add("wrong");
    const typed = form.querySelector("textarea");
    if (typed) typed.focus();
  }

  function clearProblem() {
    status.classList.remove("wrong");
    const wrong = document.getElementById("wrong");
    if (wrong) {
      wrong.remove();
      words.removeAttribute("aria-describedby");
    }
  }

  /* The tapped button is gone: reading and tabbing go on at the new answers. */
  function focusAnswers() {
    const answers = document.querySelector("[data-part=answers]");
    const next = answers.querySelector("form") || document.getElementById("newest");
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  }

  document.addEventListener("submit", (event) => {
    // Leaving takes the words of the box along, and is a whole new page.
    if (event.submitter && (event.submitter.hasAttribute("formaction") || event.target.matches(".leave"))) {
      forgetUnsent();
      return;
    }
    if (!event.target.matches("[data-quick]")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  newAbove.addEventListener("click", () => { newAbove.hidden = true; });

  /* ---- news: a facilitator's answer, or one that took longer ---- */

  async function look() {
    if (!known || document.visibilityState !== "visible" || sending.size) return;
    let answer;
    try {
      answer = await fetch(`/news?chat=${log.dataset.chat}&after=${encodeURIComponent(log.dataset.mark)}`, {
        headers: { "X-Chat": "1" }, credentials: "same-origin", signal: AbortSignal.timeout(LONGEST_WAIT),
      });
    } catch {
      return;
    }
    if (answer.status === 401 || answer.status === 409) { known = false; goAway(); return; }
    if (answer.status !== 200) return;
    const news = parse(await answer.text());
    if (sending.size || !news.querySelector(".log")) return;
    const held = document.activeElement;
    const inAnswers = held.closest("[data-part=answers]") !== null;
    const top = held.getBoundingClientRect().top;
    const added = bringIn(news);
    // Who is typing goes on seeing the box, however much came in above it.
    if (held !== document.body && held.isConnected) scrollBy(0, held.getBoundingClientRect().top - top);
    if (added) {
      const newest = document.getElementById("newest");
      const at = newest && newest.getBoundingClientRect();
      if (at && (at.top < 0 || at.bottom > innerHeight)) newAbove.hidden = false;
    }
    if (inAnswers && document.activeElement === document.body) focusAnswers();
  }

  (async () => {
    for (;;) { await new Promise((done) => setTimeout(done, LOOK_EVERY)); await look(); }
  })();
  document.addEventListener("visibilitychange", look);
  // A page brought back by "Back" is an old one: first see whose chat is open now.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    known = true;
    document.body.hidden = true;
    look().finally(() => { document.body.hidden = false; });
  });

  if (!location.hash || location.hash === "#newest") showNewest();
})();
