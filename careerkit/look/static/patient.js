// anywidget gives a part of a page two seconds to load. One that takes longer, as on a slow computer, would from then on
// hear nothing that its kernel says. So what is ours listens as every other widget does, without that limit.
function initialize({ model }) {
  for (const made of Object.values(model.widget_manager._models ?? {})) made.then(listen, () => {});
}

function listen(model) {
  if (!model.get("_anywidget_id")?.startsWith("careerkit.") || !model.comm) return;
  const plain = Object.getPrototypeOf(Object.getPrototypeOf(model));
  model.comm.on_msg(plain._handle_comm_msg.bind(model));
}

