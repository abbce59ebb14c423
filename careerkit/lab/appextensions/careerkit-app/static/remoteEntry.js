// A plugin for the app view, written by hand like the one for JupyterLab. The app view has MathJax built in and no
// switch for it, and "from $5k to $6k" is no formula.
(() => {
  let shared;
  async function plugin() {
    const { IRenderMimeRegistry } = (await Object.values(shared["@jupyterlab/rendermime"])[0].get())();
    const made = {
      id: "careerkit-app:money",
      autoStart: true,
      requires: [IRenderMimeRegistry],
      activate: (app, rendermime) => {
        if (rendermime.latexTypesetter) rendermime.latexTypesetter.typeset = () => {};
      },
    };
    return () => ({ __esModule: true, default: made });
  }
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["careerkit-app"] = { init: (scope) => { shared = scope; }, get: plugin };
})();
