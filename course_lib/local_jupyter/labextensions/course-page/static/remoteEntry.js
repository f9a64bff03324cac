// What JupyterLab's page leaves out. It shows a stored picture without the alternative text that is
// stored with it (in the output's metadata, as nbconvert reads it): here it is put there, before
// anything has run. And on a phone its list of files leaves no room for a notebook: there it is
// closed at first. No other module is needed, so this is written as JupyterLab loads it.
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

  function activate(app) {
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
