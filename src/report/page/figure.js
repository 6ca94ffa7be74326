// Figures are drawn when they come into view, and anew when the reader changes the view. The
// library is 5 MB of source, so it waits as text until the first figure needs it.

// The library's own set of buttons has one that sends the data away.
const figureConfig = () => ({
  displaylogo: false, responsive: true, displayModeBar: narrow() ? false : "hover", showSendToCloud: false, plotlyServerURL: "",
  modeBarButtons: [["toImage", "zoom2d", "pan2d", "resetScale2d"]],
});

const figures = [];
const pageNonce = document.currentScript.nonce;
const narrow = () => innerWidth < 700;

function needPlotly() {
  if (window.Plotly) return;
  const source = document.getElementById("plotly-source");
  const script = element("script", { nonce: pageNonce });
  script.textContent = source.textContent;
  document.head.append(script);
}

// Plotly reads <b>, <a> and entities in its labels.
function label(text) {
  return String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

// `draw` gives {data, layout, describe, minWidth}: `describe` says in words what the figure shows; a
// screen that is narrower than `minWidth` pixels, where there is one, scrolls the figure.
function addFigure(place, name, caption, draw) {
  const plot = element("div", { class: "plot", role: "img", "data-figure": name });
  place.append(element("figure", {}, plot, element("figcaption", {}, caption)));
  const figure = { plot, draw, wanted: false };
  figures.push(figure);
  reserve(figure);
  return { redraw: () => drawFigure(figure) };
}

// Room for the figure before it is drawn, so that the page does not jump.
function reserve(figure) {
  figure.plot.style.minHeight = `${figure.draw().layout.height}px`;
}

function drawFigure(figure, width) {
  if (!figure.wanted) return;
  needPlotly();
  const { data, layout, describe, minWidth } = figure.draw();
  figure.plot.setAttribute("aria-label", describe);
  figure.plot.style.minHeight = "";
  figure.plot.style.minWidth = minWidth && !width ? `${minWidth}px` : "";
  Plotly.react(figure.plot, data, withHouseStyle(layout, width), figureConfig()).then(() => {
    figure.plot.dataset.drawn = "true";
  });
}

function withHouseStyle(layout, width) {
  const axis = {
    gridcolor: colour("line"), zerolinecolor: colour("line"), linecolor: colour("line"), automargin: true,
  };
  return {
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", width, autosize: !width,
    margin: { l: 55, r: 15, t: 15, b: 45 }, hovermode: "closest", dragmode: narrow() ? false : "zoom",
    modebar: { bgcolor: "rgba(0,0,0,0)", color: colour("mixed"), activecolor: colour("ink") },
    hoverlabel: { align: "left", bgcolor: colour("panel"), bordercolor: colour("mixed"), font: { color: colour("ink") } },
    legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", traceorder: "normal" },
    ...layout,
    font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: colour("ink") },
    xaxis: { ...axis, ...layout.xaxis },
    yaxis: { ...axis, ...layout.yaxis },
  };
}

function wantFigure(figure) {
  if (figure.wanted) return;
  figure.wanted = true;
  drawFigure(figure);
}

function watchFigures() {
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      wantFigure(figures.find((figure) => figure.plot === entry.target));
    }
  }, { rootMargin: "300px" });
  for (const figure of figures) watcher.observe(figure.plot);
  onViewChange(() => figures.forEach((figure) => drawFigure(figure)));
  addEventListener("beforeprint", drawForPaper);
  addEventListener("afterprint", drawForScreen);
}

// Paper is white and has the width of a page.
function drawForPaper() {
  document.documentElement.dataset.theme = "light";
  for (const figure of figures) {
    figure.wanted = true;
    drawFigure(figure, 680);
  }
}

function drawForScreen() {
  changeView({});
}
