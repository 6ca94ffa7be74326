// Draws the page from the report that it holds.

function startPage() {
  const report = JSON.parse(document.getElementById("report-data").textContent);
  showViewControls(report);
  const parts = [showFrontier, showQuadrants, showUnsound, showStages, showPathways, showInteractions, showBundles,
    showLedger, showConfigurations, showTrials, showDomains, showNotes, showProvenance];
  for (const show of parts) show(report);
  watchFigures();
  document.documentElement.dataset.ready = "true";
  performance.mark("page-ready");
}

// Not before the summary is painted. A page in the background paints nothing, and must not wait.
if (document.hidden) startPage();
else requestAnimationFrame(() => setTimeout(startPage));
