"""The website, as a learner meets it in Chromium: `make site-check` builds it first, and runs these
where there is no network but the machine's own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="`make site-check` installs it")

from tools.course import (
    ROOT,
    code_cells,
    notebook_paths,
    notebooks_and_solutions,
    number,
    read,
    read_text,
)
from tools.decks.browser import browser
from tools.decks.check import AXE_SCRIPT, CONTRAST, CONTRASTS, told
from tools.notebooks.stable import patterns
from tools.site.build import SITE, build
from tools.site.live import STORAGE

pytestmark = pytest.mark.site
PATIENCE = 240_000  # milliseconds
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
WORKS = "jupyterapp.shell.currentWidget"


@pytest.fixture(scope="session")
def chromium():
    with browser() as found:
        yield found


@pytest.fixture(scope="session")
def server():
    """The address of a plain web server for the folder."""
    serve = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "0"], cwd=SITE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    yield re.search(r"http://[\d.:]+", serve.stdout.readline())[0]
    serve.terminate()
    serve.wait()


@pytest.fixture
def learner(chromium, server):
    """A browser that has never seen the course; its `faults` lists what goes wrong."""
    context = chromium.new_context(base_url=server)
    context.set_default_timeout(PATIENCE)
    context.faults = []

    def heard(request):
        if not request.url.startswith((server, "data:", "blob:")):
            context.faults.append(f"asked for {request.url}")

    context.on("request", heard)
    context.on("weberror", lambda error: context.faults.append(str(error.error)))
    yield context
    context.close()


def pages():
    return sorted(path.relative_to(SITE).as_posix() for path in SITE.glob("**/*.html")
                  if path.relative_to(SITE).parts[0] not in ("live", "slides", "_static"))


def test_there_is_no_network_but_the_machine_itself():
    devices = re.findall(r"^ *(\w+):", read_text(Path("/proc/self/net/dev")), re.M)
    assert devices == ["lo"]


def test_every_page_stands_alone(learner):
    page = learner.new_page()
    page.on("response", lambda answer: answer.ok or learner.faults.append(answer.url))
    for name in pages():
        page.goto(f"/{name}", wait_until="load")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (name, learner.faults, wide) == (name, [], 0)


def test_every_notebook_has_a_page_with_one_button(learner):
    page = learner.new_page()
    for path in notebooks_and_solutions():
        page.goto(f"/{path.relative_to(ROOT).with_suffix('.html')}", wait_until="commit")
        page.locator("footer").first.wait_for(state="attached")
        assert page.locator("a.button").count() == 1, path.name


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_no_page_is_wider_than_the_screen(learner, size):
    page = learner.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for name in pages():
        page.goto(f"/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], name


def test_on_a_phone_no_table_and_no_sentence_of_an_output_goes_beyond_the_edge(learner):
    page = learner.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("index.html", *(name for name in pages() if name.startswith("notebooks/"))):
        page.goto(f"/{name}")
        assert page.evaluate("""() => [...document.querySelectorAll("table, .cell_output pre")]
            .map((each) => each.closest(".pst-scrollable-table-container") ?? each)
            .filter((each) => each.scrollWidth > each.clientWidth + 1)
            .map((each) => each.textContent)""") == [], name


@pytest.mark.parametrize(("theme", "medium"), [
    ("light", "screen"), ("dark", "screen"), ("dark", "print")])
def test_every_word_can_be_read(learner, theme, medium):
    page = learner.new_page()
    page.emulate_media(color_scheme=theme, media=medium, reduced_motion="reduce")
    for name in ("index.html", "README.html", "404.html", "search.html?q=gradient",
                 *(name for name in pages() if re.search("README|/0[159]|/13", name))):
        page.goto(f"/{name}")
        page.add_style_tag(content="* { animation: none !important; transition: none !important }")
        page.evaluate("() => document.querySelectorAll('details').forEach((e) => e.open = true)")
        page.evaluate(AXE_SCRIPT)
        assert list(told(page.evaluate(CONTRASTS, CONTRAST), theme)) == [], name


def test_the_search_finds_a_word_in_the_notebooks_and_quotes_only_them(learner):
    page = learner.new_page()
    page.goto("/search.html?q=topological")
    found = page.locator("#search-results li", has_text="automatic backward").first
    assert not re.search("On this page|Run this|System Settings",
                         found.locator(".context").inner_text())
    assert learner.faults == []


def test_an_address_that_is_none_leads_to_the_front_page(learner, server):
    page = learner.new_page()
    missing = read_text(SITE / "404.html")
    page.route("**/old.html", lambda route: route.fulfill(status=404, body=missing))
    page.goto("/notebooks/solutions/old.html")
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="front page").click()
    page.get_by_role("link", name="Start here").wait_for()
    assert page.url == f"{server}/"


def test_no_line_begins_with_the_full_stop_behind_a_formula(learner):
    page = learner.new_page()
    page.goto("/notebooks/05_chain_rule.html")
    page.locator("mjx-container").first.wait_for(state="attached")
    for width in range(390, 1290, 100):
        page.set_viewport_size({"width": width, "height": 800})
        lines = page.evaluate("""() => [...document.querySelectorAll(".formula")].map((both) => {
            const mark = document.createRange();
            mark.selectNodeContents(both.lastChild);
            return mark.getBoundingClientRect().left > both.getBoundingClientRect().left;
        })""")
        assert len(lines) > 10 and all(lines)


def test_an_answer_is_folded_and_a_film_can_be_turned(learner):
    page = learner.new_page()
    page.goto(f"/notebooks/{notebook_paths()[0].stem}.html")
    answer, film = page.locator("details.answer").first, page.locator(".flipbook").first
    assert not answer.locator("p").first.is_visible()
    answer.locator("summary").click()
    assert answer.locator("p").first.is_visible()
    page.locator("details.hide", has=film).locator("summary").first.click()
    film.get_by_role("button", name="Next").click()
    assert film.locator(".count").inner_text().startswith("2 of ")


def open_live(learner, path):
    """Open a notebook with the button of its page."""
    page = learner.new_page()
    page.goto(f"/{path.relative_to(ROOT).with_suffix('.html')}")
    page.locator("a.button").click()
    page.wait_for_function(f"window.jupyterapp && {WORKS}?.context?.isReady")
    return page


def run_all(page):
    """What the menu's Run All Cells does. Returns the notebook as it then is."""
    page.wait_for_function(f"{WORKS}.sessionContext.session?.kernel?.status == 'idle'")
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    return page.evaluate(f"() => {WORKS}.content.model.toJSON()")


def text(outputs, notebook):
    """What outputs say, without what differs from machine to machine."""
    said = "\n".join(map(words, outputs))
    for pattern, instead in patterns(notebook).items():
        said = re.sub(pattern, instead, said)
    return said


def words(output):
    """What an output says; of an error, its last line, wherever it is shown."""
    kind = output["output_type"]
    if kind == "error":
        return f"{output['ename']}: {output['evalue']}"
    if kind != "stream":
        return "".join(output["data"]["text/plain"])
    said = COLOUR.sub("", "".join(output["text"])).strip("\n")
    return said.splitlines()[-1] if "Traceback (most recent call last)" in said else said


@pytest.mark.parametrize("path", notebook_paths(), ids=number)
def test_a_notebook_runs_to_its_end_and_shows_what_is_stored(learner, path):
    stored, ran = read(path), run_all(open_live(learner, path))
    cells = [cell for cell in ran["cells"] if cell["cell_type"] == "code"]
    for before, after in zip(code_cells(stored), cells, strict=True):
        assert after["execution_count"], f"never came to {before.source:.80}"
        said = [text(each, number(path)) for each in (after["outputs"], before.outputs)]
        assert said[0] == said[1], before.source
    assert learner.faults == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_notebook_is_light_or_dark_as_the_system_is(learner, theme):
    page = learner.new_page()
    page.emulate_media(color_scheme=theme)
    page.goto(f"/{notebook_paths()[0].relative_to(ROOT).with_suffix('.html')}")
    page.locator("a.button").click()
    page.wait_for_function(f"document.body?.dataset.jpThemeName == 'JupyterLab {theme.title()}'")


def test_work_is_kept_and_the_original_comes_back_and_a_new_edition_says_so(learner):
    path = notebook_paths()[0]
    learner.on("dialog", lambda dialog: dialog.accept())
    page = open_live(learner, path)
    change = f"{WORKS}.content.widgets[0].model.sharedModel.setSource('# mine')"
    page.evaluate(f"async () => {{ {change}; await {WORKS}.context.save(); }}")
    page.reload()
    page.get_by_role("heading", name="mine").wait_for()

    page.go_back()
    page.evaluate(AGE, STORAGE)
    page.reload()
    page.get_by_role("button", name="Open your copy").click()
    page.get_by_role("heading", name="mine").wait_for()

    page = open_live(learner, path)
    page.get_by_role("heading", name="skeleton of a Value").wait_for()
    page.evaluate(f"async () => {{ {change}; await {WORKS}.context.save(); }}")
    page.go_back()
    page.reload()
    page.get_by_role("button", name="Begin again").click()
    page.get_by_role("button", name="Begin again").wait_for(state="detached")
    page.locator("a.button").click()
    page.get_by_role("heading", name="skeleton of a Value").wait_for()


def test_the_same_course_gives_the_same_bytes(tmp_path):
    build(tmp_path / "again")
    first, again = ({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*")
                     if path.is_file()} for folder in (SITE, tmp_path / "again"))
    assert first.keys() == again.keys()
    assert [name for name in first if first[name] != again[name]] == []


AGE = """async (storage) => {  // move what is kept to an edition that is no longer there
  const asked = (request) => new Promise((done) => {
    request.onsuccess = () => done(request.result);
  });
  const database = await asked(indexedDB.open(storage));
  const files = database.transaction("files", "readwrite").objectStore("files");
  for (const key of await asked(files.getAllKeys())) {
    const kept = await asked(files.get(key));
    files.put(kept, key.replace(/^course-\\w+/, "course-0000"));
    await asked(files.delete(key));
  }
}"""
