// What was typed goes before what was pressed. A field keeps its latest value back while the kernel is busy with an
// earlier one, and JupyterLab may send values and clicks on different ways; a click that overtakes would save without
// the last letters. So it waits until the kernel has taken in all that the page has to say.
const PATIENCE = 30_000, STEP = 20;
const passed = new WeakSet();

const pause = (time) => new Promise((done) => setTimeout(done, time));

async function allTakenIn(manager) {
  const models = [];
  // One that is still being made has nothing to say yet.
  for (const made of Object.values(manager._models ?? {})) made.then((model) => models.push(model), () => {});
  await pause(0);
  const waiting = () => models.some((model) => model._msg_buffer || model._pending_msgs > 0);
  for (let waited = 0; waiting() && waited < PATIENCE; waited += STEP) await pause(STEP);
}

// One click after the other: a choice that was clicked has its own value to send before the next click goes on.
let queue = Promise.resolve();

function render({ model, el }) {
  const first = (event) => {
    const button = event.target.closest?.("button");
    if (!button || passed.has(event) || !el.closest(".ck-form")?.contains(button)) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    queue = queue.then(() => allTakenIn(model.widget_manager)).then(() => {
      const again = new MouseEvent("click", { bubbles: true, cancelable: true });
      passed.add(again);
      button.dispatchEvent(again);
    });
  };
  document.addEventListener("click", first, true);
  return () => document.removeEventListener("click", first, true);
}

export default { initialize, render };
