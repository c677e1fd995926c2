// What HTML cannot do. Every page works without it.
(() => {
  const words = document.body.dataset;
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const on = (name, act) => document.addEventListener(name, act);
  const source = (event) => event.detail?.ctx?.sourceElement;

  // A page read while signed in never comes back from the browser's memory.
  addEventListener("pageshow", (event) => {
    if (event.persisted && "authenticated" in words) location.reload();
    freeAll();
  });

  // One click sends once. aria-disabled keeps the focus and the button's own value.
  const free = (button) => {
    button.removeAttribute("aria-disabled");
    delete button.dataset.sent;
  };
  const freeAll = () => each("[data-sent]", free);
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.target.method === "get") return;
    if (button.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else {
      button.dataset.sent = "1";
      button.setAttribute("aria-disabled", "true");
      setTimeout(free, 8000, button);
    }
  }, true);

  // Characters left: written at each key, said aloud when the typing pauses near the end.
  const count = (area) => {
    const box = document.getElementById(area.id + "-count");
    if (!box) return;
    const left = area.dataset.max - [...area.value].length;
    const sentence = left < 0 ? box.dataset.over : box.dataset.left;
    const digits = Math.abs(left).toLocaleString(document.documentElement.lang);
    box.textContent = sentence.replace("0", digits);
    box.classList.toggle("over", left < 0);
    clearTimeout(area.pause);
    area.pause = setTimeout(() => {
      const said = document.getElementById(area.id + "-said");
      if (left < area.dataset.max / 10) said.textContent = box.textContent;
    }, 1500);
  };
  on("input", (event) => event.target.dataset.max && count(event.target));

  // Messages: a toast goes away, a failure stays. A draft has its own line beside the text.
  const say = (kind, text) => {
    const notice = document.createElement("div");
    notice.className = "notice " + kind;
    notice.append(document.createElement("p"));
    notice.firstChild.textContent = text;
    document.getElementById("messages").replaceChildren(notice);
    return notice;
  };
  const draft = (event, text) => {
    const box = document.getElementById(source(event)?.dataset.draft);
    if (box) box.textContent = text;
    return box;
  };
  const fail = (event) => {
    if (draft(event, words.draftFailed)) return;
    if (event.detail?.ctx?.response?.status < 500) return;
    say("error", words.failed).scrollIntoView({ block: "nearest" });
  };
  on("toast", (event) => {
    const toast = say("success toast", event.detail.value);
    setTimeout(() => toast.remove(), 10000);
  });
  on("htmx:before:request", (event) => draft(event, words.draftSaving));
  on("htmx:response:error", fail);
  on("htmx:error", fail);
  on("htmx:finally:request", freeAll);

  // One key presses what bears it: in the open list of reasons, in the text at hand, on the page.
  const typed = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
  on("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.defaultPrevented || event.target.closest(typed)) return;
    const box = event.target.closest("[data-keys]")
      ?? document.querySelector("[data-keys]:target")
      ?? document.querySelector("[data-keys=first]");
    const all = [...document.querySelectorAll("[data-key]")].filter(
      (one) => one.dataset.key === event.key.toLowerCase() && one.checkVisibility());
    const inside = (outer) => outer && all.find((one) => outer.contains(one));
    const found = inside(event.target.closest("details[open]")) ?? inside(box)
      ?? all.find((one) => !one.closest("[data-keys]"));
    if (!found) return;
    event.preventDefault();
    found.focus();
    found.click();
  });
  // On a shared computer, nobody there for a while: a warning, then everything is forgotten.
  const leave = document.querySelector("[data-idle]");
  if (leave) {
    const warning = leave.querySelector("[data-warning]");
    let last = Date.now();
    const here = () => {
      last = Date.now();
      warning.hidden = true;
    };
    ["pointerdown", "keydown", "input", "wheel"].forEach((name) => on(name, here));
    setInterval(() => {
      const left = leave.dataset.idle - (Date.now() - last) / 1000;
      warning.hidden = left > leave.dataset.warn;
      if (left <= 0) {
        last = Infinity;
        leave.requestSubmit(leave.querySelector("[data-leave]"));
      }
    }, 1000);
  }

  // Printing, where there is a printer to ask.
  on("click", (event) => event.target.closest("[data-print]") && print());

  // Reading aloud, when the browser can.
  const speech = window.speechSynthesis;
  on("click", (event) => {
    const button = event.target.closest("[data-listen]");
    if (!button) return;
    const text = document.getElementById(button.dataset.listen);
    const play = button.ariaPressed !== "true";
    const stop = () => each("[data-listen]", (other) => { other.ariaPressed = "false"; });
    speech.cancel();
    stop();
    if (!play) return;
    const voice = new SpeechSynthesisUtterance(text.innerText);
    voice.lang = text.closest("[lang]").lang;
    voice.onend = stop;
    button.ariaPressed = "true";
    speech.speak(voice);
  });

  // At the start, and in each fragment that arrives.
  const prepare = () => {
    each("textarea[data-max]", count);
    each("[data-print]", (button) => { button.hidden = false; });
    if (speech) each("[data-listen]", (button) => { button.hidden = false; });
    each(".errors:not([data-seen])", (summary) => {
      summary.dataset.seen = "1";
      summary.focus();
    });
  };
  on("htmx:after:swap", prepare);
  prepare();
})();
