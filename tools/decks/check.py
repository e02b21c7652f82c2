"""Step through every deck in build/slides/ in a browser and report what a class would stumble on.

Each slide is looked at after each key press, on a small and on a large projector: overflow, clipped
code, tiny text, formulas that were not set, blank slides, requests that fail or go outside, script
errors. Then axe looks for poor contrast, pictures without a text, and headings out of order, in a
light and in a dark room. Nothing is made to fit for the check (`fit=no`).
"""

import sys
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

from tools.decks.browser import browser, open_page
from tools.decks.build import DECKS

PROJECTORS = ((1280, 720), (1920, 1080))
RULES = ["color-contrast", "image-alt", "svg-img-alt", "heading-order", "page-has-heading-one",
         "html-has-lang", "document-title", "link-name"]
# For axe, which cannot see what is covered: all slides one below the other.
FLAT = """html, body, main, .slides, section, .fragment {
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
LOOK = (Path(__file__).resolve().parent / "look_at_slide.js").read_text(encoding="utf-8")


def faults_in_steps(chromium, deck, size):
    """What is wrong on any slide, after any key press, as a list of sentences."""
    found = []
    page = open_page(chromium, deck, "fit=no", size, found.append)
    place, following = None, page.evaluate(PLACE)
    while following != place:
        place = following
        seen = page.evaluate(LOOK)
        page.keyboard.press("Space")
        following = page.evaluate(PLACE)
        found += [f"slide {place}: {fault}" for fault in seen]
    page.close()
    return found


def faults_for_some(chromium, deck, theme):
    """What keeps some people from reading a deck: all of its slides at once."""
    found = []
    page = open_page(chromium, deck, f"fit=no&theme={theme}", PROJECTORS[0], found.append)
    page.add_style_tag(content=FLAT)
    page.evaluate(FLATTEN)
    page.evaluate(AXE_SCRIPT)
    answer = page.evaluate("(rules) => axe.run({runOnly: rules})", RULES)
    for rule in answer["violations"]:
        found += [f"{theme}: {rule['id']}: {node['html']:.70} {node['failureSummary'][26:140]}"
                  for node in rule["nodes"]]
    page.close()
    return found


def faults(chromium, deck):
    """All faults of one deck, each once."""
    found = [fault for size in PROJECTORS for fault in faults_in_steps(chromium, deck, size)]
    for theme in ("light", "dark"):
        found += faults_for_some(chromium, deck, theme)
    return list(dict.fromkeys(found))


def main(folder=DECKS):
    decks = sorted(Path(folder).glob("[0-9][0-9]_*.html"))
    if not decks:
        sys.exit(f"There are no decks in {folder}: run `make slides`.")
    count = 0
    with browser() as chromium:
        for deck in decks:
            found = faults(chromium, deck)
            count += len(found)
            print(deck.stem, "good" if not found else f"{len(found)} faults", flush=True)
            print(*(f"  {fault}" for fault in found), sep="\n", end="\n" if found else "")
    sys.exit(f"{count} faults" if count else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
