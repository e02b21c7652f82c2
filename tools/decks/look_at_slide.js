// What is wrong with the slide that a deck shows right now: a list of sentences.
() => {
  const slide = Reveal.getCurrentSlide();
  const scale = Reveal.getScale();
  const frame = document.querySelector(".slides").getBoundingClientRect();
  const faults = new Set();
  const short = (text) => text.trim().slice(0, 50);
  const visible = (element) => !element.closest("aside.notes") &&
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  // As projected: how large on a screen of 720 lines.
  const noteSize = (text, size, least) => {
    if (size * 720 / frame.height < least - 0.1) faults.add(`text of ${size.toFixed(1)} px: ${short(text)}`);
  };

  let ink = 0, most = { over: 1 };
  const texts = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent;
    const parent = texts.currentNode.parentElement;
    if (!text.trim() || !visible(parent)) continue;
    ink += 1;
    noteSize(text, parseFloat(getComputedStyle(parent).fontSize) * scale, 18);
    if (!parent.closest("pre, code") && /\$[^$]+\$|\\[a-zA-Z]{2,}|\\[()[\]]/.test(text)) {
      faults.add(`raw TeX: ${short(text)}`);
    }
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const boxes = range.getClientRects();
    for (const box of boxes) inside(box, text);
    const before = texts.currentNode.previousSibling;
    if (/^[,.;:?!)]/.test(text) && before?.matches?.("mjx-container") && boxes[0].top > before.getBoundingClientRect().bottom) {
      faults.add(`a line begins with the ${text[0]} behind a formula`);
    }
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
    const [, , width, height] = drawing.getAttribute("viewBox").split(/[ ,]+/).map(Number);
    const grown = Math.min(box.width / width, box.height / height); // it is shown whole in its box
    for (const text of drawing.querySelectorAll("text")) {
      const size = parseFloat(text.closest("[font-size]")?.getAttribute("font-size"));
      noteSize(text.textContent, size * grown, 11);
    }
  }
  const growth = (image) => {
    const { width, height } = image.getBoundingClientRect();
    return Math.min(width / image.naturalWidth, height / image.naturalHeight) / scale;
  };
  const bottom = Math.max(...[...slide.querySelectorAll("*")].filter((each) => !each.closest("aside, nav, mjx-container"))
    .map((each) => each.getBoundingClientRect().bottom));
  for (const image of slide.querySelectorAll("img")) {
    const { left, right, width, height } = image.getBoundingClientRect();
    if (slide.matches(".beside") && width / image.naturalWidth <= 1.01 * height / image.naturalHeight) continue;
    const room = { below: (frame.bottom - bottom) / frame.height, beside: 1 - (right - left) / frame.width };
    if (visible(image) && growth(image) < 2.3 && room.below > 0.12 && room.beside > 0.12) {
      faults.add(`a picture smaller than it could be: ${short(image.alt)}`);
    }
  }
  for (const line of slide.querySelectorAll(".new")) {
    if (visible(line) && !line.getBoundingClientRect().height) faults.add("a gap in what is marked as new");
  }
  for (const pre of slide.querySelectorAll("pre")) {
    if (visible(pre) && broken(pre)) faults.add(`a line of code is broken: ${short(pre.textContent)}`);
  }
  for (const found of visibleText().matchAll(/# new|No guess yet|Not attempted yet|\breveal\(|\bguess = |What came out\./g)) {
    faults.add(`not for a class: ${found[0]}`);
  }
  for (const answer of slide.querySelectorAll("[data-answer]")) {
    const vote = document.querySelector(`[data-vote="${answer.dataset.answer}"]`)?.closest("section");
    if (visible(answer) && !(vote?.compareDocumentPosition(slide) & Node.DOCUMENT_POSITION_FOLLOWING)) {
      faults.add(`the answer is shown before its vote: ${answer.dataset.answer}`);
    }
  }
  if (!slide.querySelector("h1, h2, h3")) faults.add("a slide without a heading");
  const over = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const number = document.querySelector(".slide-number").getBoundingClientRect();
  for (const arrow of document.querySelectorAll(".controls .enabled")) {
    if (over(number, arrow.getBoundingClientRect())) faults.add("the slide's number is under an arrow");
  }
  function visibleText() {
    return [...slide.querySelectorAll("*")].filter((each) => visible(each)).flatMap((each) => [...each.childNodes])
      .filter((each) => each.nodeType === Node.TEXT_NODE).map((each) => each.textContent).join("");
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
