// A chart of a notebook, drawn anew whenever its figure changes. Plotly's library is five megabytes, so it is asked of
// the kernel once a page and not sent with every chart.
const CONFIG = { displayModeBar: false, displaylogo: false };
const asked = (globalThis.careerkitAsked ??= new WeakMap());

const loaded = (source) => {
  const made = { exports: {} };
  // Without `define` it also loads where the page has require.js.
  new Function("module", "exports", "define", source)(made, made.exports);
  return made.exports;
};

function library(model) {
  if (globalThis.careerkitPlotly) return globalThis.careerkitPlotly;
  const answered = new Promise((done) => {
    model.on("msg:custom", (_, [source]) => done((globalThis.careerkitPlotly ??= loaded(new TextDecoder().decode(source)))));
    model.send("plotly.js");
  });
  return answered;
}

function plotly(model) {
  // One notebook asks once; another has a kernel of its own.
  const asker = model.widget_manager;
  if (!asked.has(asker)) asked.set(asker, library(model));
  return asked.get(asker);
}

async function render({ model, el }) {
  const plot = document.createElement("div");
  plot.role = "img";
  el.append(plot);
  const draw = async () => {
    const { data, layout } = JSON.parse(model.get("figure"));
    plot.ariaLabel = layout.meta.description;
    plot.style.minHeight = `${layout.height}px`;
    const drawing = await plotly(model);
    await drawing.react(plot, data, { ...layout, autosize: true }, CONFIG);
    await careerkitFit(drawing, plot);
  };
  model.on("change:figure", draw);
  let width = 0;
  const sized = new ResizeObserver(([{ contentRect }]) => {
    if (!plot.layout || contentRect.width === width) return;
    width = contentRect.width;
    draw();
  });
  sized.observe(el);
  draw();
  return () => { sized.disconnect(); model.off("change:figure", draw); };
}

export default { initialize, render };
