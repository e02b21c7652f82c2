// What a deck does when it opens; its look is in deck.css.

const address = new URLSearchParams(location.search);

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  address.set("theme", theme);
  history.replaceState(null, "", `?${address}${location.hash}`);
}

if (address.get("theme") === "dark") document.documentElement.dataset.theme = "dark";

// A safety net for fonts wider than those the slides were checked with. `?fit=no` takes it away.
function fit() {
  const slide = Reveal.getCurrentSlide();
  if (!slide || address.get("fit") === "no") return;
  slide.style.zoom = 1;
  const height = slide.scrollHeight;
  if (height > 720) slide.style.zoom = Math.max(0.65, 720 / height);
}

// A drawing grows into the room that there is, but its letters stay below a heading's.
window.addEventListener("load", () => {
  for (const image of document.images) {
    image.style.maxWidth = `min(100%, ${2.4 * image.naturalWidth}px)`;
    image.style.maxHeight = `${2.4 * image.naturalHeight}px`;
  }
});

window.laidOut = new Promise((done) =>
  Reveal.on(address.has("print-pdf") ? "pdf-ready" : "ready", done));

Reveal.initialize({
  width: 1280, height: 720, margin: 0, minScale: 0.1, maxScale: 4,
  display: "flex", center: false, transition: "none", navigationMode: "linear", hash: true, slideNumber: "c/t",
  pdfSeparateFragments: false, pdfMaxPagesPerSlide: 1,
  plugins: [RevealNotes],
});
Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Light or dark room" },
  () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
for (const event of ["ready", "slidechanged", "fragmentshown"]) Reveal.on(event, fit);

document.addEventListener("typeset", () => { Reveal.layout(); fit(); });
