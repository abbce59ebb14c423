// Gives the right margin of a chart what its longest label lacks, so that no name is cut where the page is narrow.
async function careerkitFit(plotly, plot) {
  const before = plot._fullLayout._size.r;
  let last = Infinity;
  for (let turn = 0; turn < 6; turn += 1) {
    const page = plot.querySelector(".main-svg")?.getBoundingClientRect();
    if (!page?.width) return;
    const ends = [...plot.querySelectorAll("text")].map((label) => label.getBoundingClientRect().right);
    const lacking = Math.ceil(Math.max(...ends) - page.right);
    if (!(lacking > 0)) return;
    const margin = plot._fullLayout._size.r;
    // A label that a margin does not move is better cut than everything else pressed into a corner.
    if (lacking >= last || margin > page.width * 0.6) {
      await plotly.relayout(plot, { "margin.r": before });
      return;
    }
    last = lacking;
    await plotly.relayout(plot, { "margin.r": margin + lacking + 4 });
  }
}
