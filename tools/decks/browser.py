"""The system's Chromium, in which decks and handouts are looked at and printed."""

import shutil
import sys
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@contextmanager
def browser():
    """The system's Chromium. Exits with a message if there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        sys.exit("There is no Chromium: install it (Debian, Ubuntu: apt install chromium). "
                 "`make slides` does without.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def open_page(chromium, file, query="", size=(1280, 720), report=print):
    """Open a page and wait for its formulas; report(fault) hears what goes wrong meanwhile."""
    page = chromium.new_page(viewport=dict(zip(("width", "height"), size, strict=True)))
    page.on("pageerror", lambda error: report(f"script error: {error}"))
    page.on("console", lambda message: message.type == "error"
            and report(f"error in the console: {message.text}"))
    page.on("requestfailed", lambda request: report(f"failed request: {request.url:.80}"))
    page.on("request", lambda request: request.url.startswith(("file:", "data:"))
            or report(f"outside request: {request.url:.80}"))
    page.goto(f"{file.resolve().as_uri()}?{query}")
    page.wait_for_selector("body[data-typeset=done]", state="attached", timeout=20_000)
    return page
