// Sets the formulas of a page once it is laid out (`laidOut`, in a deck), and says so in
// `data-typeset`. MathJax gets no menu: that would load its parts from elsewhere.

window.MathJax = {
  tex: { inlineMath: [["$", "$"]], packages: { "[-]": ["noundefined"] } },
  svg: { fontCache: "local" },
  options: { enableMenu: false },
  startup: { typeset: false },
};

window.addEventListener("load", async () => {
  await Promise.all([MathJax.startup.promise, window.laidOut]);
  await MathJax.typesetPromise();
  // The speaker's view shows the notes without MathJax's style sheet, and would show this copy, too.
  for (const copy of document.querySelectorAll("aside.notes mjx-assistive-mml")) copy.remove();
  document.querySelectorAll("mjx-container:not([display])").forEach(keepItsComma);
  document.dispatchEvent(new Event("typeset"));
  document.body.dataset.typeset = "done";
});

// A browser may break the line between a formula and the comma behind it.
function keepItsComma(formula) {
  const behind = formula.nextSibling;
  const comma = behind?.nodeType === Node.TEXT_NODE && /^[,.;:?!)]+/.exec(behind.data);
  if (!comma) return;
  behind.splitText(comma[0].length);
  const together = document.createElement("span");
  together.style.whiteSpace = "nowrap";
  formula.before(together);
  together.append(formula, behind);
}
