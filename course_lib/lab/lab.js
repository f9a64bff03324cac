// What a lab does in the page: names for those who hear it, keys that stay in it, a word when Python
// is away. The widgets themselves are ipywidgets'; this adds what they leave out.

const QUIET = 500; // milliseconds after the last change before it is read aloud
const PAUSE = 800; // milliseconds after the last letter before a text is kept
const PATIENCE = 4000; // milliseconds without an answer from Python before the lab says so
const FOCUSABLE = "button, input, select, textarea, a[href], summary, [tabindex], [contenteditable]";
const RESTARTED =
  "Python was started again and no longer knows this. Click here and press Ctrl+Enter: it comes " +
  "back. What you predicted or wrote before is kept.";
const NO_ANSWER =
  "Python does not answer yet, so nothing moves. If another cell is running, wait for it. If not, " +
  "choose Kernel > Restart Kernel, then click here and press Ctrl+Enter.";

let labs = 0;

function words(element) {
  return element ? element.textContent.trim() : "";
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

// -- names, roles, values -------------------------------------------------------------------------

function nameSlider(row, units) {
  const handle = row.querySelector(".noUi-handle");
  const label = row.querySelector(".widget-label");
  const readout = row.querySelector(".widget-readout");
  if (!handle) return;
  const name = (label && label.title) || words(label);
  const unit = units[name] || "";
  set(handle, "aria-label", name);
  if (readout) {
    set(handle, "aria-valuetext", [words(readout), unit].filter(Boolean).join(" "));
    set(readout, "role", "textbox");
    set(readout, "aria-label", `${name}, as a number`);
  }
  const locked = handle.closest("[disabled]") !== null;
  set(handle, "aria-disabled", String(locked));
  set(handle, "tabindex", locked ? "-1" : "0");
  if (readout) set(readout, "tabindex", locked ? "-1" : "0");
}

function nameRadios(box, question) {
  if (box.getAttribute("role") === "radiogroup") return;
  set(box, "role", "radiogroup");
  set(box, "aria-label", words(question));
  const group = `course-lab-${++labs}`;
  for (const radio of box.querySelectorAll("input[type=radio]")) radio.name = group;
}

function namePlay(play) {
  for (const button of play.querySelectorAll("button")) {
    const icon = button.querySelector("i");
    const is = (kind) => icon && icon.classList.contains(`fa-${kind}`);
    const name = is("stop") ? "Stop, back to the start" : is("pause") ? "Pause" : "Play";
    set(button, "aria-label", name);
    set(button, "title", name);
  }
}

function dress(root, units) {
  const title = root.querySelector(".course-lab-title");
  if (title) {
    if (!title.id) title.id = `course-lab-${++labs}`;
    set(root, "role", "group");
    set(root, "aria-labelledby", title.id);
  }
  for (const row of root.querySelectorAll(".widget-slider")) nameSlider(row, units);
  const question = root.querySelector(".course-lab-asked");
  for (const box of root.querySelectorAll(".widget-radio-box")) nameRadios(box, question);
  for (const play of root.querySelectorAll(".widget-play")) namePlay(play);
  for (const area of root.querySelectorAll("textarea")) {
    if (area.placeholder) set(area, "aria-label", area.placeholder);
    else if (!area.closest(".course-writing")) set(area, "aria-label", "Lines of Python");
  }
  for (const field of root.querySelectorAll(".course-writing-field")) {
    const area = field.querySelector("textarea, input");
    const label = field.querySelector(".course-writing-label");
    if (area && label) set(area, "aria-label", words(label));
  }
  for (const group of root.querySelectorAll(".course-lab-values")) {
    set(group, "role", "group");
    set(group, "aria-label", words(group.querySelector(".course-lab-values-label")));
  }
  for (const box of root.querySelectorAll(".course-lab-list, .course-lab-boxes, .course-lab-picture")) {
    const scrolls =
      box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;
    if (scrolls) {
      set(box, "tabindex", "0");
      set(box, "role", "group");
      set(box, "aria-label", box.matches(".course-lab-picture") ? "Picture" : "Controls");
    } else box.removeAttribute("tabindex");
  }
}

// -- what is read aloud ---------------------------------------------------------------------------

function tell(model, kind) {
  try {
    model.send({ kind });
  } catch {
    // Python was started again: the next key or click says so
  }
}

function readAloud(root, region, model) {
  // One region that lasts, filled when nothing has changed for a while, and never during Play.
  const said = new Map();
  let timer = 0;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(speak, QUIET);
  };
  const speak = () => {
    if (root.querySelector(".widget-play .fa-pause")) return changed();
    const news = [];
    for (const element of root.querySelectorAll(".course-lab-say")) {
      const now = words(element);
      const kind = element.dataset.say;
      if (now && said.get(kind) !== now) {
        news.push(now);
        if (kind === "challenge") tell(model, "new best"); // Python keeps it
      }
      said.set(kind, now);
    }
    if (news.length) region.textContent = news.join(" ");
  };
  for (const element of root.querySelectorAll(".course-lab-say")) {
    said.set(element.dataset.say, words(element)); // what stands there from the start is no news
  }
  return changed;
}

// -- keys and numbers -----------------------------------------------------------------------------

function keepKeys(root) {
  // JupyterLab asks the element with the focus whether keys are its own.
  root.addEventListener("focusin", (event) => {
    if (event.target.matches(FOCUSABLE)) set(event.target, "data-lm-suppress-shortcuts", "true");
  });
}

function keepFocus(root) {
  // A button that goes away when it is pressed would give the focus, and all keys, to the notebook.
  let last = null;
  root.addEventListener("focusin", (event) => (last = event.target));
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget) last = null;
  });
  return () => {
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    last = null;
    const title = root.querySelector(".course-lab-title");
    if (!title) return;
    set(title, "tabindex", "-1");
    title.focus({ preventScroll: true });
  };
}

function takeCommas(root) {
  // Half of the world writes 0,5.
  const mend = (event) => {
    const box = event.target;
    if (!box.matches || !box.matches(".widget-readout")) return;
    if (event.type === "keydown" && event.key !== "Enter") return;
    const typed = words(box);
    if (/^[-+−]?\d*,\d+$/.test(typed)) box.textContent = typed.replace(",", ".");
  };
  for (const kind of ["keydown", "blur"]) root.addEventListener(kind, mend, true);
}

function keepText(root) {
  // A text goes to Python when its writer pauses, not at each letter and not only at the end.
  const timers = new Map();
  root.addEventListener("input", (event) => {
    const area = event.target;
    if (!area.closest(".course-writing-field")) return;
    clearTimeout(timers.get(area));
    const changed = () => area.dispatchEvent(new Event("change", { bubbles: true }));
    timers.set(area, setTimeout(changed, PAUSE));
  });
}

// -- is Python there? -----------------------------------------------------------------------------

function watchPython(root, model, notice) {
  let asked = 0;
  let timer = 0;
  const say = (sentence) => {
    notice.textContent = sentence;
    notice.hidden = !sentence;
    root.classList.toggle("course-lab-away", Boolean(sentence));
  };
  const ask = () => {
    const now = Date.now();
    if (now - asked < PATIENCE) return;
    asked = now;
    try {
      model.send({ kind: "are you there" });
    } catch {
      return say(RESTARTED);
    }
    clearTimeout(timer);
    timer = setTimeout(() => say(NO_ANSWER), PATIENCE);
  };
  model.on("msg:custom", (message) => {
    if (message.kind !== "here") return;
    clearTimeout(timer);
    say("");
  });
  model.on("comm_live_update", () => say(RESTARTED));
  for (const kind of ["pointerdown", "keydown", "change"]) {
    root.addEventListener(kind, ask, { capture: true, passive: true });
  }
}

// -- where the reader looks -----------------------------------------------------------------------

function soon(find, act, tries = 200) {
  const found = find();
  if (found) act(found);
  else if (tries) setTimeout(() => soon(find, act, tries - 1), 25);
}

function intoView(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const tall = element.getBoundingClientRect().height > window.innerHeight - 150;
  element.scrollIntoView({ block: tall ? "start" : "nearest", behavior: calm ? "auto" : "smooth" });
}

function stayAfterRun(root) {
  // Shift+Enter goes on to the next cell; a lab that has just appeared stays in sight all the same.
  const cell = root.closest(".jp-Cell");
  if (!cell) return;
  const next = cell.nextElementSibling;
  for (const wait of [50, 400, 1000]) {
    setTimeout(() => {
      if (next && next.matches(".jp-mod-active")) root.scrollIntoView({ block: "nearest" });
    }, wait);
  }
}

// -- the whole ------------------------------------------------------------------------------------

function begin(root, model) {
  const add = (kind, tag, attributes) => {
    const element = document.createElement(tag);
    element.className = kind;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    root.append(element);
    return element;
  };
  const region = add("course-lab-live", "div", { role: "status", "aria-live": "polite" });
  const notice = add("course-lab-notice", "div", { role: "alert", hidden: "" });
  root.prepend(notice);
  const dressed = () => dress(root, model.get("units"));
  dressed();
  keepKeys(root);
  const focusKept = keepFocus(root);
  takeCommas(root);
  keepText(root);
  watchPython(root, model, notice);
  const changed = readAloud(root, region, model);
  const observer = new MutationObserver((records) => {
    if (records.every((record) => region.contains(record.target))) return;
    focusKept();
    dressed();
    if (records.some((record) => record.target.closest?.(".course-lab-speaks"))) changed();
  });
  observer.observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["aria-valuetext", "disabled", "class"],
  });
  const resized = new ResizeObserver(dressed);
  resized.observe(root);
  model.on("msg:custom", (message) => {
    const find = () => root.querySelector(message.where);
    const here = () => document.activeElement === document.body || root.contains(document.activeElement);
    if (message.kind === "focus") soon(find, (element) => here() && element.focus());
    if (message.kind === "show") soon(find, intoView);
  });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (model.get("calm") !== calm) {
    model.set("calm", calm);
    model.save_changes();
  }
  if (model.get("stays")) stayAfterRun(root);
  return () => {
    observer.disconnect();
    resized.disconnect();
  };
}

function render({ model, el }) {
  el.style.display = "none";
  let end = () => {};
  soon(
    () => el.closest(".course-lab, .course-quiz"),
    (root) => (end = begin(root, model)),
  );
  return () => end();
}

export default { render };
