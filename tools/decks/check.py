"""Step through every deck in build/slides/ in a browser and report what a class would stumble on.

Each slide is looked at after each step, on a small projector and, on the way back, on a large
one: overflow, clipped code, broken lines, tiny text, small pictures, formulas that were not set,
answers before their vote, blank slides, requests that fail or go outside, script errors. Then axe
looks for pictures without a text, headings out of order, and poor contrast, in a light and in a
dark room; and the deck is laid out for paper and for a phone. Nothing is made to fit for the check
(`fit=no`).
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

from tools.decks.browser import browser, open_page
from tools.decks.build import DECKS

PROJECTORS = {"next": (1280, 720), "prev": (1920, 1080)}  # on the way there, on the way back
AT_ONCE = 2  # decks, each in a browser of its own
CONTRAST = "color-contrast"
RULES = ["image-alt", "svg-img-alt", "heading-order", "page-has-heading-one", "html-has-lang",
         "document-title", "link-name"]
# For axe, which cannot see what is covered: all slides one below the other.
FLAT = """html, body, main, .slides, section, figure, .fragment {
            position: static !important; display: block !important;
            width: auto !important; height: auto !important; overflow: visible !important;
            transform: none !important; zoom: 1 !important;
            visibility: visible !important; opacity: 1 !important }
          .backgrounds, .controls, .progress, .slide-number { display: none !important }"""
FLATTEN = """for (const slide of document.querySelectorAll("section")) {
                 slide.hidden = slide.inert = false;
                 slide.removeAttribute("aria-hidden");
             }"""
PLACE = "Object.values(Reveal.getIndices()).join('.')"  # slide, slide below, fragment
PHONE = (390, 844)
LOOK, ON_PAPER, ON_A_PHONE = (
    (Path(__file__).resolve().parent / f"look_{name}.js").read_text(encoding="utf-8")
    for name in ("at_slide", "on_paper", "on_a_phone"))
WALK = f"""(step) => {{
    const look = {LOOK};
    const found = [];
    Reveal.layout();
    for (let place, here = {PLACE}; here !== place; Reveal[step](), here = {PLACE}) {{
        place = here;
        found.push(...look().map((fault) => `slide ${{place}}: ${{fault}}`));
    }}
    return found;
}}"""
# Contrast takes axe long, and a deck has thousands of words in the same few colours: one text for
# each way in which ink, size and what lies behind it go together.
CONTRASTS = """(rule) => {
    const kinds = new Map();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        if (!texts.currentNode.textContent.trim() || !element.checkVisibility()) continue;
        const { color, fontSize, fontWeight } = getComputedStyle(element);
        const kind = [color, fontSize, fontWeight];
        for (let each = element; each; each = each.parentElement) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(each);
            kind.push(backgroundColor, backgroundImage, opacity);
        }
        kinds.set(kind.filter((each) => !["rgba(0, 0, 0, 0)", "none", "1"].includes(each)).join(),
                  element);
    }
    return axe.run({ include: [...kinds.values()] }, { runOnly: [rule] });
}"""


def faults(chromium, deck):
    """All faults of one deck, each once, as a list of sentences."""
    return list(dict.fromkeys([*faults_on_slides(chromium, deck),
                               *faults_elsewhere(chromium, deck)]))


def faults_on_slides(chromium, deck):
    found = []
    page = open_page(chromium, deck, "fit=no", report=found.append)
    for step, (width, height) in PROJECTORS.items():
        page.set_viewport_size({"width": width, "height": height})
        found += page.evaluate(WALK, step)
    found += faults_for_some(page)
    page.close()
    return found


def faults_elsewhere(chromium, deck):
    """What is wrong on paper and on a phone."""
    paper = open_page(chromium, deck, "print-pdf")
    paper.emulate_media(media="print")
    yield from paper.evaluate(ON_PAPER)
    paper.close()
    phone = open_page(chromium, deck, size=PHONE)
    yield from phone.evaluate(ON_A_PHONE)
    phone.close()


def faults_for_some(page):
    """What keeps some people from reading a deck: all of its slides at once, which stay so."""
    page.add_style_tag(content=FLAT)
    page.evaluate(FLATTEN)
    page.evaluate(AXE_SCRIPT)
    yield from told(page.evaluate("(rules) => axe.run({ runOnly: rules })", RULES), "any theme")
    for theme in ("light", "dark"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        yield from told(page.evaluate(CONTRASTS, CONTRAST), theme)


def told(answer, theme):
    for rule in answer["violations"]:
        for node in rule["nodes"]:
            yield f"{theme}: {rule['id']}: {node['html']:.70} {node['failureSummary'][26:140]}"


def faults_of(deck):
    with browser() as chromium:
        return faults(chromium, deck)


def main(folder=DECKS):
    decks = sorted(Path(folder).glob("[0-9][0-9]_*.html"))
    if not decks:
        sys.exit(f"There are no decks in {folder}: run `make slides`.")
    count = 0
    with ProcessPoolExecutor(AT_ONCE) as pool:
        for deck, found in zip(decks, pool.map(faults_of, decks), strict=True):
            count += len(found)
            print(deck.stem, "good" if not found else f"{len(found)} faults", flush=True)
            print(*(f"  {fault}" for fault in found), sep="\n", end="\n" if found else "")
    sys.exit(f"{count} faults" if count else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
