"""Step through every deck in build/slides/ in a browser and report what a class would stumble on.

Each slide is looked at after each key press, on a small and on a large projector: overflow, clipped
code, tiny text, formulas that were not set, blank slides, requests that fail or go outside, script
errors. Then axe looks for poor contrast, pictures without a text, and headings out of order, in a
light and in a dark room. Nothing is made to fit for the check (`fit=no`).
"""

import sys
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from browser import browser, open_page
from slides import DECKS

PROJECTORS = ((1280, 720), (1920, 1080))
STRUCTURE = ["image-alt", "svg-img-alt", "heading-order", "page-has-heading-one", "html-has-lang",
             "document-title", "link-name", "duplicate-id-aria"]
# Without this, axe cannot tell what is behind the text of a slide.
UNCOVERED = """.reveal .slides, .reveal .slides section { pointer-events: auto !important }
               .reveal .backgrounds, .reveal .controls { display: none !important }"""
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


def faults_of_colour(chromium, deck):
    """Text without a contrast of 4.5 to what is behind it, in a light and in a dark room."""
    found = []
    page = open_page(chromium, deck, "fit=no", PROJECTORS[0], found.append)
    page.add_style_tag(content=UNCOVERED)
    for number in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate(f"""(() => {{
            const {{h, v}} = Reveal.getIndices(Reveal.getSlides()[{number}]);
            Reveal.slide(h, v ?? 0, 999);
        }})()""")
        for _ in ("light", "dark"):
            found += violations(page, ["color-contrast"], page.evaluate(PLACE), ".present")
            page.keyboard.press("d")
    page.close()
    return found


def faults_of_structure(chromium, deck):
    """Pictures without a text, headings out of order, and the like, over all slides at once."""
    found = []
    page = open_page(chromium, deck, "print-pdf", PROJECTORS[0], found.append)
    page.evaluate("""document.querySelectorAll("section").forEach((slide) => {
        slide.hidden = false;  // as reveal.js marks all slides but the first
        slide.removeAttribute("aria-hidden");
    })""")
    found += violations(page, STRUCTURE, "all slides")
    page.close()
    return found


def violations(page, rules, where, part="body"):
    """What axe finds wrong with a part of the page, or cannot decide, as sentences."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("""([part, rules]) => axe.run(part, {runOnly: rules})
        .then(({violations, incomplete}) => [...violations, ...incomplete])""", [part, rules])
    return [f"{where}: {rule['id']}: {node['html']:.70} {node['failureSummary'][26:140]}"
            for rule in found for node in rule["nodes"]]


def faults(chromium, deck):
    """All faults of one deck, each once."""
    found = [fault for size in PROJECTORS for fault in faults_in_steps(chromium, deck, size)]
    found += faults_of_colour(chromium, deck) + faults_of_structure(chromium, deck)
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
