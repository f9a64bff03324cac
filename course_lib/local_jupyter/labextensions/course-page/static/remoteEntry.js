// What JupyterLab's page leaves out. It shows a stored picture without the alternative text that is
// stored with it (in the output's metadata, as nbconvert reads it): here it is put there, before
// anything has run. And on a phone its list of files leaves no room for a notebook: there it is
// closed at first. A notebook that `course slides` has made becomes a deck: one slide at a time, as
// large as fits. No other module is needed, so this is written as JupyterLab loads it.
(() => {
  const NARROW = 700; // pixels

  function texts(cell) {
    const outputs = cell.model?.outputs;
    const areas = cell.node.querySelectorAll(".jp-OutputArea-output");
    for (let at = 0; outputs && at < outputs.length && at < areas.length; at++) {
      const image = areas[at].querySelector("img:not([alt])");
      const about = outputs.get(at).metadata?.["image/png"];
      if (image && about?.alt) image.alt = about.alt;
    }
  }

  const TYPED_INTO = "input, textarea, select, button, summary, [role=slider], [contenteditable]";
  const TURNS = { ArrowRight: 1, ArrowDown: 1, " ": 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1,
    PageUp: -1 };
  const SMALLEST = 0.35, LARGEST = 1.6; // of the usual size

  function element(name, words, into) {
    const made = into.ownerDocument.createElement(name);
    made.textContent = words;
    into.append(made);
    return made;
  }

  function deck(app, panel) {
    const notebook = panel.content;
    const shown = notebook.widgets.filter((cell) => !cell.model.getMetadata("course_silent"));
    const about = (at, key) => shown[at].model.getMetadata(key);
    let now = 0, notes = null, left = 0, voting = true;
    notebook.notebookConfig = { ...notebook.notebookConfig, windowingMode: "none" };
    panel.node.classList.add("course-deck");

    const bar = document.createElement("nav");
    bar.className = "course-bar";
    bar.setAttribute("aria-label", "Slides");
    const button = (words, act) => { element("button", words, bar).onclick = act; };
    button("← Back", () => turn(-1));
    button("Next →", () => turn(1));
    const place = element("span", "", bar);
    const progress = element("progress", "", bar);
    progress.setAttribute("aria-label", "How far the lecture is");
    button("Notes (N)", openNotes);
    button("Full screen (F)", fill);
    document.body.append(bar);

    // As large as fits: halving, since a change of size also breaks the lines elsewhere.
    function fit() {
      const cell = shown[now].node;
      const box = cell.closest(".jp-WindowedPanel-outer");
      const fits = (size) => {
        cell.style.zoom = size;
        const room = box.getBoundingClientRect();
        const bottom = room.bottom - 6, right = room.right + 1;
        if (cell.getBoundingClientRect().bottom > bottom) return false;
        const cut = [...cell.querySelectorAll("mjx-container, .jp-RenderedMarkdown")].some(
          (one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1);
        if (cut) return false;
        return [...cell.querySelectorAll("table, math, mjx-container, img, .course-lab")].every(
          (one) => one.getBoundingClientRect().right <= right);
      };
      box.scrollTop = 0;
      let low = SMALLEST, high = LARGEST;
      if (fits(high)) return;
      for (let turn = 0; turn < 7; turn++) {
        const middle = (low + high) / 2;
        if (fits(middle)) low = middle; else high = middle;
      }
      cell.style.zoom = low;
      box.scrollTop = 0;
    }

    // When it is at rest, and on the way only if it has grown: a lab that plays changes all the time.
    let resting = 0, growing = 0;
    function fitSoon() {
      clearTimeout(resting);
      resting = setTimeout(fit, 120);
      growing ||= setTimeout(() => {
        growing = 0;
        const cell = shown[now].node;
        const room = cell.closest(".jp-WindowedPanel-outer").getBoundingClientRect();
        if (cell.getBoundingClientRect().bottom > room.bottom) fit();
      }, 200);
    }
    const watch = new MutationObserver(fitSoon);

    // A lab has two steps: its question with the hands of the class, then controls and picture.
    const asks = () => Boolean(shown[now].node.querySelector(".course-tally"));
    function turn(by) {
      if (asks() && voting === by > 0) {
        voting = !voting;
        show();
      } else {
        go(now + by);
        if (by < 0 && asks()) {
          voting = false;
          show();
        }
      }
    }

    function show() {
      shown[now].node.classList.toggle("course-vote", voting);
      shown[now].node.classList.toggle("course-picture", !voting);
      fit();
      fitSoon();
    }

    function go(to) {
      voting = true;
      now = Math.max(0, Math.min(to, shown.length - 1));
      shown.forEach((cell, at) => cell.node.classList.toggle("course-now", at === now));
      left = 0;
      shown.forEach((_, at) => { if (at >= now) left += about(at, "course_minutes"); });
      place.textContent = `${now + 1} of ${shown.length}`;
      progress.max = shown.length;
      progress.value = now + 1;
      watch.disconnect();
      watch.observe(shown[now].node, { childList: true, subtree: true });
      document.activeElement?.blur?.();
      show();
      tell();
    }

    function openNotes() {
      notes = window.open("", "course-notes", "width=700,height=800");
      if (!notes) return;
      notes.addEventListener("keydown", pressed, true);
      tell();
    }

    function tell() {
      if (!notes || notes.closed) return;
      const page = notes.document;
      page.title = "Speaker's notes";
      page.body.replaceChildren();
      page.body.style = "font: 20px/1.45 system-ui, sans-serif; margin: 1.5em; max-width: 42em";
      element("h1", `${now + 1} of ${shown.length}: ${about(now, "course_minutes")} `
        + `minutes; ${left} to the end`, page.body).style = "font-size: 1.1em";
      for (const part of about(now, "course_notes").split(/\n\s*\n/)) {
        if (part.trim()) element("p", part, page.body).style.whiteSpace = "pre-line";
      }
      const next = shown[now + 1]?.model.sharedModel.getSource() ?? "the end";
      element("p", `Next: ${next.split("\n")[0].replace(/^#+ /, "")}`, page.body);
    }

    function fill() {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen();
    }

    function pressed(event) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const typing = event.target.closest?.(TYPED_INTO);
      const turner = event.key === "PageDown" || event.key === "PageUp"; // what a presenter sends
      if (event.key === "Escape") event.target.blur?.();
      else if (typing && !turner) return;
      else if (event.key in TURNS) turn(TURNS[event.key]);
      else if (event.key === "Home") go(0);
      else if (event.key === "End") go(shown.length);
      else if (event.key === "n") openNotes();
      else if (event.key === "f") fill();
      else if (event.key === "Tab") return;
      event.preventDefault();
      event.stopImmediatePropagation(); // the notebook's own keys could delete a slide
    }

    window.addEventListener("keydown", pressed, true);
    window.addEventListener("resize", fitSoon);
    document.fonts.ready.then(fitSoon);
    go(0);
    const started = panel.sessionContext.ready.then(() => panel.sessionContext.session?.kernel?.info);
    started.then(() => app.commands.execute("notebook:run-all-cells")).then(fitSoon);
  }

  // A notebook that is still being opened has no cells yet.
  function decks(app) {
    if (!location.pathname.includes("/doc")) return;
    const look = setInterval(() => {
      for (const panel of app.shell.widgets("main")) {
        if (!panel.sessionContext || !panel.context?.isReady) continue;
        clearInterval(look);
        if (panel.content.model.getMetadata("course_slides")) deck(app, panel);
      }
    }, 100);
  }

  function activate(app) {
    decks(app);
    let waiting = false;
    const look = () => {
      waiting = false;
      for (const widget of app.shell.widgets("main")) {
        for (const cell of widget.content?.widgets ?? []) {
          if (cell.model?.type === "code") texts(cell);
        }
      }
    };
    const changed = () => {
      if (waiting || !document.querySelector(".jp-RenderedImage img:not([alt])")) return;
      waiting = true;
      setTimeout(look, 50);
    };
    app.restored.then(() => {
      if (window.innerWidth < NARROW) app.shell.collapseLeft?.();
    });
    new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
    changed();
  }

  const plugin = { id: "course-page:plugin", autoStart: true, activate };
  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["course-page"] = {
    init: () => undefined,
    get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
})();
