// Puts what belongs together into one block, which a page break spares: a heading with what is below
// it, a sentence with what it announces, a cell with the room to answer in. Code that makes this a
// little taller than a page is set smaller. What is taller than that stays as it is.

const PAGE = 261 * 96 / 25.4;  // the height between the margins, in pixels
const LITTLE_TALLER = 1.2;
const HEADING = "h1, h2, h3";
const TEXT = "p, ul, ol";
const ANNOUNCED = "ul, ol, table, .highlight, .cell, .guess, .room, .blank, p:has(> img:only-child), "
  + "p:has(> mjx-container[display='true']:only-child)";
const ROOM = ".guess, .room, .blank";

function belongsTo(before, element) {
  return before.matches(HEADING)
    || before.matches(TEXT) && element.matches(ANNOUNCED)
    || element.matches(ROOM) && !before.matches(ROOM);
}

function heightOf(run) {
  return run.at(-1).getBoundingClientRect().bottom - run[0].getBoundingClientRect().top;
}

function keepTogether(run) {
  if (heightOf(run) > PAGE && heightOf(run) < LITTLE_TALLER * PAGE)
    for (const code of run.flatMap((each) => [...each.querySelectorAll("pre")]))
      code.style.fontSize = `${0.78 * PAGE / heightOf(run)}em`;
  if (run.length === 1 || heightOf(run) > PAGE) return;
  const block = document.createElement("div");
  block.className = "together";
  run[0].before(block);
  block.append(...run);
}

document.addEventListener("typeset", () => {
  for (const section of document.querySelectorAll("section:not(:has(section)), .new-page")) {
    let run = [];
    for (const element of [...section.children]) {
      if (run.length && !belongsTo(run.at(-1), element)) {
        keepTogether(run);
        run = [];
      }
      run.push(element);
    }
    if (run.length) keepTogether(run);
  }
});
