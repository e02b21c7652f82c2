// What is wrong with the slide that a deck shows right now: a list of sentences.
() => {
  const slide = Reveal.getCurrentSlide();
  const scale = Reveal.getScale();
  const frame = document.querySelector(".slides").getBoundingClientRect();
  const faults = new Set();
  const short = (text) => text.trim().slice(0, 50);
  const visible = (element) => !element.closest("aside.notes") &&
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  const noteSize = (text, size) => {
    if (size < 14) faults.add(`text of ${size.toFixed(1)} px: ${short(text)}`);
  };

  let ink = 0, most = { over: 1 };
  const texts = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent;
    const parent = texts.currentNode.parentElement;
    if (!text.trim() || !visible(parent)) continue;
    ink += 1;
    noteSize(text, parseFloat(getComputedStyle(parent).fontSize) * scale);
    if (!parent.closest("pre, code") && /\$[^$]+\$|\\[a-zA-Z]{2,}|\\[()[\]]/.test(text)) {
      faults.add(`raw TeX: ${short(text)}`);
    }
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    for (const box of range.getClientRects()) inside(box, text);
  }
  function inside(box, what) {
    const over = Math.max(box.right - frame.right, box.bottom - frame.bottom,
      frame.left - box.left, frame.top - box.top) / scale;
    if (over > most.over) most = { over, what };
  }

  for (const formula of slide.querySelectorAll("mjx-container")) {
    if (!visible(formula)) continue;
    ink += 1;
    inside(formula.getBoundingClientRect(), "a formula");
  }
  for (const error of slide.querySelectorAll("[data-mjx-error], mjx-merror")) {
    faults.add(`a formula is wrong: ${short(error.getAttribute("data-mjx-error") || error.textContent)}`);
  }
  for (const image of slide.querySelectorAll("img, svg:not(mjx-container svg)")) {
    if (!visible(image)) continue;
    ink += 1;
    const box = image.getBoundingClientRect();
    inside(box, image.alt || "a picture");
    if (image.complete === false || image.naturalWidth === 0) faults.add(`no picture: ${short(image.alt)}`);
    const drawing = drawn(image);
    if (!drawing) continue;
    const width = parseFloat(drawing.getAttribute("viewBox").split(/[ ,]+/)[2]);
    for (const text of drawing.querySelectorAll("text")) {
      const size = parseFloat(text.getAttribute("font-size") || getComputedStyle(text).fontSize);
      noteSize(text.textContent, size * box.width / width);
    }
  }
  function drawn(image) {
    if (image.tagName !== "IMG") return image;
    const [kind, data] = image.src.split(/,(.*)/s);
    if (!kind.startsWith("data:image/svg+xml")) return null;
    const bytes = kind.endsWith(";base64") && Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const svg = bytes ? new TextDecoder().decode(bytes) : decodeURIComponent(data);
    return new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  }

  for (const box of slide.querySelectorAll("*")) {
    if (visible(box) && !box.closest("mjx-container") && getComputedStyle(box).overflow !== "visible" &&
        (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)) {
      faults.add(`clipped: ${short(box.textContent)}`);
    }
  }
  for (const aside of slide.querySelectorAll("aside")) {
    if (aside.checkVisibility()) faults.add(`notes are on the slide: ${short(aside.textContent)}`);
  }
  if (most.what) faults.add(`overflow of ${most.over.toFixed(0)} px: ${short(most.what)}`);
  const collapsed = frame.height < 100 || slide.getBoundingClientRect().height < 20;
  if (!ink || collapsed) faults.add("blank slide");
  return [...faults];
}
