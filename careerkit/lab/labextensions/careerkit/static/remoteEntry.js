// A JupyterLab plugin written by hand, so that the package needs no Node to build. JupyterLab loads this file as a
// module-federation container: `init` hands over the shared modules, `get` returns ours.
(() => {
  let shared;
  const module = async (name) => (await Object.values(shared[name])[0].get())();
  // "Show JupyterLab" lasts for this visit only: the next one is calm again.
  const isCalm = () => document.body.dataset.careerkitChrome !== "shown";

  const sources = (panel) => panel.content.widgets.map((cell) => cell.model.sharedModel.getSource()).join("\u0000");

  // Filled-in pages are drawn anew at each visit, so outputs alone are no reason to write the notebook or to ask
  // "leave without saving?". Words that a person changed are, and JupyterLab saves them as ever.
  function keepOutputsUnsaved(panel) {
    const { context, model } = panel;
    let stored = sources(panel);
    context.saveState.connect((_, state) => { if (state === "completed") stored = sources(panel); });
    const settle = () => Promise.resolve().then(() => {
      if (!panel.isDisposed && model.dirty && sources(panel) === stored) model.dirty = false;
    });
    model.stateChanged.connect((_, change) => { if (change.name === "dirty" && change.newValue) settle(); });
    settle();
  }

  // On a page, a stray key or double click must not cut a cell or open its text for editing.
  function keepStill(panel) {
    const stopWhenCalm = (event) => { if (isCalm()) event.stopPropagation(); };
    panel.node.addEventListener("contextmenu", stopWhenCalm, true);
    panel.node.addEventListener("dblclick", (event) => {
      if (event.target.closest(".jp-MarkdownCell")) stopWhenCalm(event);
    }, true);
  }

  // JupyterLab looks for its shortcuts from the element with the focus upwards, so that one has to carry the mark.
  // The key itself goes on: a slider or a date picker needs it.
  function keepKeysFromJupyterLab(event) {
    const still = isCalm() && !["plain", ""].includes(document.body.dataset.careerkit ?? "");
    event.target.toggleAttribute?.("data-lm-suppress-shortcuts", still);
    // Saving is the form's task; the browser would offer to store the page.
    if (still && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
  }

  function applyChrome(shell, shown) {
    document.body.dataset.careerkitChrome = shown ? "shown" : "hidden";
    if (!shown) { shell.collapseLeft(); shell.collapseRight(); }
    shell.fit();
    window.dispatchEvent(new Event("resize"));
  }

  async function fill(panel, actions) {
    await panel.sessionContext.ready;
    const done = await actions.runCells(panel.content, panel.content.widgets, panel.sessionContext);
    keepOutputsUnsaved(panel);
    // Charts are drawn before they know the page's width.
    window.dispatchEvent(new Event("resize"));
    return done ? "ready" : "failed";
  }

  async function open(panel, actions, mark) {
    await panel.context.ready;
    await panel.revealed;
    const about = panel.model.getMetadata("careerkit");
    if (!about || !panel.context.path.startsWith("notebooks/")) return mark(panel, "plain");
    keepStill(panel);
    if (!about.run_on_open) return mark(panel, "ready");
    mark(panel, "running");
    mark(panel, await fill(panel, actions));
  }

  // What an earlier visit showed is still in its kernel, and JupyterLab would build all of it again beside the new. So a
  // kernel that nobody looks at lets go of it first; what was begun in a form it keeps.
  const LET_GO = "import sys; 'careerkit.notebook.widgets.elements' in sys.modules and sys.modules['careerkit.notebook.widgets.elements'].end_page()";
  const PATIENCE = 5000;

  async function letGo({ sessions }) {
    await sessions.refreshRunning();
    const left = [...sessions.running()].filter(({ path, kernel }) =>
      path.startsWith("notebooks/") && kernel?.connections === 0 && kernel.execution_state === "idle");
    const emptied = left.map(async (model) => {
      const session = sessions.connectTo({ model, kernelConnectionOptions: { handleComms: false } });
      await session.kernel.requestExecute({ code: LET_GO, silent: true, store_history: false }).done;
      session.dispose();
    });
    await Promise.race([Promise.allSettled(emptied), new Promise((late) => setTimeout(late, PATIENCE))]);
  }

  function activate(app, tracker, actions) {
    // Style sheets and tests read the state from the panel, and from the page for the notebook in front.
    const mark = (panel, state) => {
      panel.node.dataset.careerkit = state;
      if (tracker.currentWidget === panel) document.body.dataset.careerkit = state;
    };
    tracker.currentChanged.connect((_, panel) => {
      document.body.dataset.careerkit = panel?.node.dataset.careerkit ?? "";
    });
    tracker.widgetAdded.connect((_, panel) => { open(panel, actions, mark); });

    app.commands.addCommand("careerkit:toggle-jupyterlab", {
      label: () => (isCalm() ? "Show JupyterLab's menus and the code" : "Back to the calm page"),
      execute: () => applyChrome(app.shell, isCalm()),
    });
    const button = document.createElement("button");
    button.className = "ck-chrome";
    const name = () => { button.title = app.commands.label("careerkit:toggle-jupyterlab"); button.ariaLabel = button.title; };
    button.textContent = "\u22ef";
    button.addEventListener("click", () => app.commands.execute("careerkit:toggle-jupyterlab").then(name));
    name();
    document.body.append(button);
    window.addEventListener("keydown", keepKeysFromJupyterLab, true);
    // JupyterLab writes the address of the notebook in front into the browser's history, but does not follow it back.
    window.addEventListener("popstate", () => {
      const path = location.pathname.match(/\/tree\/(.+\.ipynb)$/)?.[1];
      if (path) app.commands.execute("docmanager:open", { path: decodeURIComponent(path) });
    });
    app.restored.then(() => applyChrome(app.shell, false));
  }

  async function plugin() {
    const { INotebookTracker, NotebookActions } = await module("@jupyterlab/notebook");
    const made = {
      id: "careerkit:page",
      autoStart: true,
      requires: [INotebookTracker],
      activate: (app, tracker) => {
        activate(app, tracker, NotebookActions);
        // JupyterLab opens no notebook before this is done.
        return letGo(app.serviceManager).catch((error) => console.warn("careerkit", error));
      },
    };
    return () => ({ __esModule: true, default: made });
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.careerkit = { init: (scope) => { shared = scope; }, get: plugin };
})();
