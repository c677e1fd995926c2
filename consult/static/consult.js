// What plain HTML cannot do. Every page works without this file.
(() => {
  "use strict";
  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const words = document.body.dataset;

  // A page read while signed in never comes back from the browser's memory.
  addEventListener("pageshow", (event) => {
    if (event.persisted && "authenticated" in words) location.reload();
    all(document, "button[data-sent]").forEach(release);
  });

  // One click sends once. aria-disabled keeps the focus and the button's own value.
  const release = (button) => {
    button.removeAttribute("aria-disabled");
    delete button.dataset.sent;
  };
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.target.method === "get") return;
    if (button.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    button.dataset.sent = "1";
    button.setAttribute("aria-disabled", "true");
    setTimeout(release, 8000, button);
  }, true);

  // Characters left: written at each key, said aloud only when the typing pauses.
  const count = (area) => {
    const max = Number(area.dataset.max);
    const box = document.getElementById(area.id + "-count");
    if (!max || !box) return;
    const left = max - [...area.value].length;
    const words = left < 0 ? box.dataset.over : box.dataset.left;
    box.textContent = words.replace("0", Math.abs(left).toLocaleString(document.documentElement.lang));
    box.classList.toggle("over", left < 0);
    clearTimeout(area.said);
    area.said = setTimeout(() => {
      const said = document.getElementById(area.id + "-said");
      if (said && left < max / 10) said.textContent = box.textContent;
    }, 1500);
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-max]")) count(event.target);
  });

  // The draft: what happens to it is written beside the text.
  const draft = (event, word) => {
    const source = event.detail?.ctx?.sourceElement;
    const box = source && document.getElementById(source.dataset.draft || "");
    if (box) box.textContent = words[word];
    return Boolean(box);
  };
  const say = (kind, text) => {
    const region = document.getElementById("messages");
    const notice = document.createElement("div");
    notice.className = "notice " + kind;
    notice.append(document.createElement("p"));
    notice.firstChild.textContent = text;
    region.replaceChildren(notice);
    return region;
  };
  const fail = (event) => {
    const source = event.detail?.ctx?.sourceElement;
    if (source?.matches("button")) release(source);
    const status = event.detail?.ctx?.response?.status;
    if (status && status < 500 && !source?.dataset.draft) return;
    if (draft(event, "draftFailed")) return;
    say("error", words.failed).scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("toast", (event) => say("success", event.detail.value));
  document.addEventListener("htmx:before:request", (event) => draft(event, "draftSaving"));
  document.addEventListener("htmx:response:error", fail);
  document.addEventListener("htmx:error", fail);
  document.addEventListener("htmx:finally:request", () => {
    all(document, "button[data-sent]").forEach(release);
  });

  // Reading aloud, when the browser can.
  const speech = window.speechSynthesis;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-listen]");
    const text = button && speech && document.getElementById(button.dataset.listen);
    if (!text) return;
    const playing = button.getAttribute("aria-pressed") === "true";
    speech.cancel();
    all(document, "[data-listen]").forEach((other) => other.setAttribute("aria-pressed", "false"));
    if (playing) return;
    const voice = new SpeechSynthesisUtterance(text.innerText);
    voice.lang = text.closest("[lang]").lang;
    voice.onend = () => button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", "true");
    speech.speak(voice);
  });

  // At the start, and in each fragment that arrives.
  const prepare = () => {
    all(document, "textarea[data-max]").forEach(count);
    if (speech) all(document, "[data-listen][hidden]").forEach((button) => { button.hidden = false; });
    all(document, ".errors:not([data-seen])").forEach((summary) => {
      summary.dataset.seen = "1";
      summary.focus();
    });
  };
  document.addEventListener("htmx:after:swap", prepare);
  prepare();
})();
