// A text to change and to copy. What is copied is what the page shows, though the kernel may not have the last letters yet.
const WAIT = 250;

async function copied(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    // Without leave, or on a page that was not loaded safely, the browser copies only what is selected.
    return selectedAndCopied(area.value);
  }
}

function selectedAndCopied(text) {
  const hidden = document.createElement("textarea");
  hidden.value = text;
  hidden.className = "ck-unseen";
  document.body.append(hidden);
  hidden.select();
  const done = document.execCommand("copy");
  hidden.remove();
  return done;
}

function grown(area) {
  const lines = area.value.split("\n").length;
  // What is only to be copied needs no room to write.
  area.rows = area.readOnly ? Math.min(lines, 24) : Math.min(Math.max(6, lines + 2), 24);
}

function render({ model, el }) {
  const area = document.createElement("textarea");
  const label = document.createElement("label");
  const button = document.createElement("button");
  const said = document.createElement("span");
  el.classList.add("ck-message", "ck-field");
  label.className = "ck-messagelabel";
  button.type = "button";
  button.className = "jupyter-button ck-button ck-primary";
  button.textContent = "Copy";
  said.className = "ck-messagesaid";
  said.setAttribute("role", "status");
  const words = document.createElement("span");
  label.append(words, area);
  const bar = document.createElement("div");
  bar.className = "ck-messagebar";
  bar.append(button, said);
  el.append(label, bar);

  let waiting;
  const send = () => { clearTimeout(waiting); waiting = undefined; model.set("text", area.value); model.save_changes(); };
  area.readOnly = model.get("fixed");
  const show = () => {
    words.textContent = model.get("label");
    if (area.value !== model.get("text") && waiting === undefined) {
      area.value = model.get("text");
      said.textContent = "";
      grown(area);
    }
  };
  // It grows while one types and not when one leaves it: a button that moves under the pointer misses the click.
  area.addEventListener("input", () => { said.textContent = ""; grown(area); clearTimeout(waiting); waiting = setTimeout(send, WAIT); });
  area.addEventListener("change", send);
  button.addEventListener("click", async () => {
    const done = await copied(area);
    button.focus();
    said.textContent = done ? "Copied." : "That did not work here. Select the text and press Ctrl and C.";
  });
  // Where it is in JupyterLab, a letter typed is no command of the notebook.
  area.addEventListener("keydown", (event) => event.stopPropagation());
  model.on("change:text change:label", show);
  show();
  return () => { clearTimeout(waiting); model.off("change:text change:label", show); };
}

export default { initialize, render };
