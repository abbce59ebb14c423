const figures = JSON.parse(document.getElementById("figures").textContent);
figures.forEach((figure, place) => {
  Plotly.newPlot(`figure-${place + 1}`, figure.data, figure.layout, {displayModeBar: false, displaylogo: false, responsive: true})
    .then((plot) => careerkitFit(Plotly, plot));
});
window.addEventListener("beforeprint", () => {
  document.querySelectorAll(".ck-figure").forEach((node) => Plotly.relayout(node, {width: 680}));
});
window.addEventListener("afterprint", () => {
  document.querySelectorAll(".ck-figure").forEach((node) => Plotly.relayout(node, {width: null, autosize: true}));
});
