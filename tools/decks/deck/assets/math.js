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
  document.dispatchEvent(new Event("typeset"));
  document.body.dataset.typeset = "done";
});
