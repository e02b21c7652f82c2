// What a deck does when it opens; its look is in deck.css.

const address = new URLSearchParams(location.search);
const root = document.documentElement;
const printed = address.has("print-pdf");
const slides = [...document.querySelectorAll(".slides section")].filter((each) => !each.querySelector("section"));

// The room is light or dark, and all windows of a lecture agree on it: the deck, the speaker's view
// that it has opened, and the two small decks in there.
let speakersView = null;
function setTheme(theme) {
  root.dataset.theme = theme;
  address.set("theme", theme);
  history.replaceState(null, "", `?${address}${location.hash}`);
}
function changeTheme() {
  setTheme(root.dataset.theme === "dark" ? "light" : "dark");
  const view = speakersView ?? (parent === window ? null : parent);
  const others = view ? [view.opener, ...Array.from({ length: view.frames.length }, (_, i) => view.frames[i])] : [];
  for (const other of others) if (other) other.postMessage({ theme: root.dataset.theme }, "*");
}
window.addEventListener("message", ({ data, source }) => {
  if (data?.theme) setTheme(data.theme);
  if (String(data).includes("reveal-notes") && source !== parent) speakersView = source;
});
if (address.get("theme") === "dark") root.dataset.theme = "dark";

// Every slide is laid out as large as it can be: its code in the largest letters in which no line
// is broken and nothing runs over the edge, its picture, or the code of a vote, beside the text if it
// is larger there. What is shown again beside an answer is left out where it would be too small.
const SIZES = [28, 26, 24, 22, 20, 19];
const GROWTH = 2.4; // of a drawing, so that its letters stay below a heading's
const LEAST = 0.9; // of a drawing, so that its letters are not below 14 pixels

function broken(pre) {
  const lines = pre.textContent.trimEnd().split("\n");
  const isProse = pre.matches(".error") || (!pre.closest(".highlight") && lines.some((line) => line.length > 90));
  if (isProse) return false;
  const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(pre);
  const height = pre.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
  return height > (lines.length + 0.5) * parseFloat(lineHeight);
}
function fits(slide) {
  return slide.scrollHeight <= 720 && slide.scrollWidth <= 1280 && ![...slide.querySelectorAll("pre")].some(broken);
}
function grown(image) {
  const { width, height } = image.getBoundingClientRect();
  return Math.min(width / image.naturalWidth, height / image.naturalHeight);
}
function attempts(slide, beside) {
  slide.classList.toggle("beside", beside);
  const image = slide.querySelector("img");
  return SIZES.flatMap((size) => {
    slide.style.setProperty("--code", `${size}px`);
    return fits(slide) ? [{ beside, size, growth: image ? grown(image) : size }] : [];
  });
}
function layOut(slide) {
  const parts = [slide, slide.parentElement].map((each) => [each, each.style.display, each.hidden]);
  for (const [each] of parts) Object.assign(each, { hidden: false }).style.display = each === slide ? "flex" : "block";
  const found = attempts(slide, false);
  const pictures = slide.querySelectorAll("img:not(.flipbook *), .flipbook").length;
  if (pictures === 1 || slide.querySelector(".vote + .cell")) found.push(...attempts(slide, true));
  const most = Math.max(...found.map(({ growth, beside }) => (beside ? growth / 1.1 : growth)));
  const best = found.find(({ growth, beside }) => (beside ? growth / 1.1 : growth) >= 0.95 * most);
  slide.classList.toggle("beside", Boolean(best?.beside));
  slide.style.setProperty("--code", `${best?.size ?? SIZES.at(-1)}px`);
  for (const [each, display, hidden] of parts) Object.assign(each, { hidden }).style.display = display;
  const again = slide.querySelector(".right ~ :has(img)");
  if (again && !(best?.growth >= LEAST)) {
    again.remove();
    layOut(slide);
  }
}
function layOutAll() {
  for (const image of document.images) {
    image.style.maxWidth = `min(100%, ${GROWTH * image.naturalWidth}px)`;
    image.style.maxHeight = `${GROWTH * image.naturalHeight}px`;
  }
  slides.forEach(layOut);
  Reveal.layout();
  fit();
}

// A safety net for fonts wider than those the slides were checked with. `?fit=no` takes it away.
function fit() {
  const slide = Reveal.getCurrentSlide();
  if (!slide || address.get("fit") === "no") return;
  slide.style.zoom = 1;
  const height = slide.scrollHeight;
  if (height > 720) slide.style.zoom = Math.max(0.65, 720 / height);
}

// On a phone that is held upright a deck is one long page.
const isPage = innerWidth < 600 && innerWidth < innerHeight && parent === window && !printed;
root.classList.toggle("page", isPage);

window.laidOut = isPage ? Promise.resolve() : new Promise((done) => Reveal.on(printed ? "pdf-ready" : "ready", done));

if (!isPage) {
  Reveal.initialize({
    width: 1280, height: 720, margin: 0, minScale: 0.1, maxScale: 4,
    display: "flex", center: false, transition: "none", navigationMode: "linear", hash: true, slideNumber: "c/t",
    pdfSeparateFragments: false, pdfMaxPagesPerSlide: 1, scrollActivationWidth: 0, defaultTiming: 60,
    plugins: [RevealNotes],
  });
  Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Light or dark room" }, changeTheme);
  for (const event of ["ready", "slidechanged", "fragmentshown"]) Reveal.on(event, fit);
  for (const event of ["ready", "slidechanged"]) Reveal.on(event, () =>
    document.querySelector("main").classList.toggle("at-an-end", Reveal.isFirstSlide() || Reveal.isLastSlide()));
  document.addEventListener("typeset", layOutAll);
}
