// JupyterLab shows a stored picture without the alternative text that is stored with it (in the
// output's metadata, as nbconvert reads it). This small extension puts it there, before anything has
// run. It needs no other module, so it is written as JupyterLab loads it, and is not built.
(() => {
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
    new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
    changed();
  }

  const plugin = { id: "course-pictures:plugin", autoStart: true, activate };
  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["course-pictures"] = {
    init: () => undefined,
    get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
})();
