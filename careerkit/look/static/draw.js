const CONFIG = { displayModeBar: false, displaylogo: false, responsive: true };
// The text's width on A4, in CSS pixels; on other paper it is a little narrower than it might be.
const PAPER = 688;
const sheet = document.querySelector("main");
const places = () => [...document.querySelectorAll(".ck-figure")];

JSON.parse(document.getElementById("figures").textContent).forEach((figure, place) => {
  const node = document.getElementById(`figure-${place + 1}`);
  Plotly.newPlot(node, figure.data, { ...figure.layout, autosize: true }, CONFIG)
    .then((plot) => careerkitFit(Plotly, plot))
    .then(() => { node.dataset.drawn = "yes"; });
});

const onPaper = (node) => Math.floor((PAPER * node.clientWidth) / sheet.clientWidth);
window.addEventListener("beforeprint", () => {
  const widths = places().map(onPaper);
  places().forEach((node, place) => Plotly.relayout(node, { width: widths[place] }));
});
window.addEventListener("afterprint", () => places().forEach((node) => Plotly.relayout(node, { width: null, autosize: true })));
