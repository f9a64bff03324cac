// What the course's site adds to JupyterLite. A lesson that a student has changed lies in the browser
// and would hide a newer one on the site for ever: here, before anything opens, it gets a name of its
// own, and the student is told. And answers, which lie in this browser alone, are downloaded with one
// click. No other module is needed, so this is written as JupyterLab loads it.
(() => {
  const ANSWERS = "my_progress.jsonl";
  const HERE = new URL(".", document.currentScript?.src ?? window.location.href);

  const option = (name) =>
    JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}")[name];

  // The store in which JupyterLite keeps files, or nothing on a first visit.
  const store = (name) =>
    new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onupgradeneeded = () => asked.transaction.abort(); // it is JupyterLite's to make
      asked.onerror = () => done(null);
      asked.onsuccess = () => done(asked.result);
    });

  const answer = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });

  function nameOfOwn(lesson, taken) {
    const stem = lesson.replace(/\.ipynb$/, "");
    const day = new Date().toISOString().slice(0, 10);
    for (let number = 1; ; number++) {
      const name = `${stem} (my copy of ${day}${number > 1 ? ` ${number}` : ""}).ipynb`;
      if (!taken.includes(name)) return name;
    }
  }

  // Give every changed lesson that is older than the site's a name of its own: [lesson, its name].
  async function keepCopies() {
    const answered = await fetch(new URL("lessons.json", HERE), { cache: "no-store" });
    if (!answered.ok) return [];
    const lessons = await answered.json();
    const base = option("baseUrl");
    const noted = `course lessons of ${base}`;
    const before = JSON.parse(localStorage.getItem(noted) ?? "{}");
    const kept = [];
    const database = await store(option("contentsStorageName") || `JupyterLite Storage - ${base}`);
    if (database) {
      const stores = ["files", "checkpoints"].filter((s) => database.objectStoreNames.contains(s));
      if (stores.includes("files")) {
        const within = database.transaction(stores, "readwrite");
        const files = within.objectStore("files");
        const there = await answer(files.getAllKeys());
        for (const [lesson, digest] of Object.entries(lessons)) {
          if (!there.includes(lesson) || before[lesson] === digest) continue;
          const name = nameOfOwn(lesson, there);
          const file = await answer(files.get(lesson));
          files.put({ ...file, name, path: name }, name);
          for (const one of stores) within.objectStore(one).delete(lesson);
          kept.push([lesson, name]);
        }
        await new Promise((done, failed) => {
          within.oncomplete = done;
          within.onerror = within.onabort = () => failed(within.error);
        });
      }
      database.close(); // or JupyterLite could not add a store
    }
    localStorage.setItem(noted, JSON.stringify(lessons));
    return kept;
  }

  function tell(sentence) {
    document.querySelector(".course-told")?.remove();
    const bar = document.createElement("div");
    bar.className = "course-told";
    bar.setAttribute("role", "status");
    bar.style.cssText =
      "position: fixed; left: 0; right: 0; bottom: 0; z-index: 10000; padding: 8px 12px;" +
      "display: flex; gap: 12px; align-items: center; font-size: 14px;" +
      "background: #fff4cc; color: #1a1a1a; border-top: 1px solid #6b5900";
    const words = document.createElement("span");
    words.style.flex = "1";
    const close = document.createElement("button");
    close.textContent = "Close";
    close.style.cssText = "min-width: 64px; min-height: 44px";
    close.onclick = () => bar.remove();
    bar.append(words, close);
    document.body.append(bar);
    words.textContent = sentence; // after it is on the page, so that it is read aloud
  }

  function toldOf(kept) {
    const names = kept.map(([lesson, name]) => `${lesson} is now “${name}”`).join("; ");
    return (
      "The course has been updated. You see the new lessons. What you had changed is kept in the " +
      `list of files: ${names}.`
    );
  }

  async function download(app) {
    let file;
    try {
      file = await app.serviceManager.contents.get(ANSWERS, { content: true, format: "text" });
    } catch {
      tell("There is nothing to download yet: no prediction or answer has been given.");
      return;
    }
    const text =
      typeof file.content === "string" ? file.content : JSON.stringify(file.content) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
    link.download = ANSWERS;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    tell(
      `${ANSWERS} is in your downloads as it is now. What you answer later lies in this browser ` +
        "alone until you download it again."
    );
  }

  // Pyodide cannot be interrupted without headers that this kernel does not bear.
  const STOPS = ["notebook:interrupt-kernel", "kernelmenu:interrupt"];
  const NO_STOP =
    "A running cell cannot be stopped in a browser. Choose Kernel > Restart Kernel, then run the " +
    "cells again from the top: what you have predicted and answered is kept.";

  let kept = [];
  const plugin = {
    id: "course-site:plugin",
    autoStart: true,
    activate: (app) => {
      app.commands.addCommand("course-site:download-answers", {
        label: "Download my answers",
        caption: "Your answers lie in this browser alone until you download them",
        execute: () => download(app),
      });
      app.commands.commandExecuted.connect((_, { id }) => {
        if (STOPS.includes(id)) tell(NO_STOP);
      });
      if (kept.length) app.restored.then(() => tell(toldOf(kept)));
    },
  };
  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["course-site"] = {
    init: () => undefined,
    // Waited for before the page starts: no lesson is open yet.
    get: async () => {
      try {
        kept = await keepCopies();
      } catch (problem) {
        console.warn("Whether a lesson was updated could not be seen", problem);
      }
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
