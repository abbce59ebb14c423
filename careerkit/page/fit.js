// Gives the right margin of a chart what its longest label lacks, so that no name is cut where the page is narrow.
async function careerkitFit(plotly, plot) {
  for (let turn = 0; turn < 5; turn += 1) {
    const page = plot.querySelector(".main-svg")?.getBoundingClientRect();
    if (!page?.width) return;
    const ends = [...plot.querySelectorAll("text")].map((label) => label.getBoundingClientRect().right);
    const lacking = Math.ceil(Math.max(...ends) - page.right);
    const margin = plot._fullLayout._size.r;
    if (!(lacking > 0) || margin > page.width * 0.6) return;
    await plotly.relayout(plot, { "margin.r": margin + lacking + 4 });
  }
}
