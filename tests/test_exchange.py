"""Quizzes and votes for learning platforms: what is written, and that others' parsers read it."""

import hashlib
import zipfile
from xml.etree import ElementTree

import pytest

from tools.classroom.archive import write_zip
from tools.classroom.exchange import gift, html_of, inline_html_of, qti_package
from tools.classroom.quiz import quiz
from tools.course import notebook_paths, number, read
from tools.decks.votes import Vote, votes

PATHS = notebook_paths()
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
AWKWARD = Vote("1.q1", "Is {`a`} ~ $x = \\frac{1}{2}$: #1?\n\n```python\na = 1\n\nb = 2\n```",
               ("`{a: 1}`", "a < b & c", "-> 3"), "B", ("No = no.", "Yes: `~`.", "$y \\ne x$."))


def questions_of(path):
    return [*quiz(number(path)), *votes(read(path))]


def test_what_means_something_to_gift_is_escaped_and_a_question_has_no_empty_line():
    text = gift([AWKWARD], "micrograd/01")
    category, question, *rest = text.split("\n\n")
    assert category == "$CATEGORY: micrograd/01" and rest == []
    assert r"\\(x \= \\frac\{1\}\{2\}\\)\: \#1?" in question
    assert r"\n<pre>a \= 1\n\nb \= 2\n</pre> {" in question
    assert "\n\t=a &lt; b &amp; c#Yes\\: <code>\\~</code>.\n" in question


def test_a_qti_package_holds_a_test_its_items_and_a_manifest_of_them(tmp_path):
    qti_package(tmp_path / "quiz.zip", "A quiz", [AWKWARD])
    package = zipfile.ZipFile(tmp_path / "quiz.zip")
    assert package.namelist() == ["imsmanifest.xml", "items/q1_q1.xml", "test.xml"]
    manifest = ElementTree.fromstring(package.read("imsmanifest.xml"))
    assert [each.get("href") for each in manifest.iter() if each.tag.endswith("}resource")] == [
        "test.xml", "items/q1_q1.xml"]
    item = package.read("items/q1_q1.xml").decode()
    assert "<correctResponse><value>B</value>" in item and "a &lt; b &amp; c" in item


def test_an_archive_depends_on_nothing_but_what_is_in_it(tmp_path):
    for name in "ab":
        write_zip(tmp_path / name, {"x/1": b"one", "x/2": b"two"}, programs=["x/2"])
    digests = {hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in "ab"}
    assert len(digests) == 1
    modes = [entry.external_attr >> 16 for entry in zipfile.ZipFile(tmp_path / "a").infolist()]
    assert modes == [0o100644, 0o100755]


@pytest.mark.thorough
@every_notebook
def test_a_parser_of_gift_reads_every_question_with_its_right_answer(path, tmp_path):
    parser = pytest.importorskip("pygiftparser.parser", reason="`make check` installs it")
    file = tmp_path / "questions.gift"
    file.write_text(gift(questions_of(path), "micrograd/all"), encoding="utf-8")
    with open(file, encoding="utf-8") as opened:
        found = parser.parseFile(opened)
    assert len(found) == len(questions_of(path))
    for vote, each in zip(questions_of(path), found, strict=True):
        assert each.valid and each.title == vote.name and each.markup == "html"
        answers = each.answers.answers
        assert "".join(letter for letter, answer in zip(vote.letters, answers, strict=True)
                       if answer.fraction == 100) == vote.right
        assert unescaped(each.text) == html_of(vote.question)
        assert [unescaped(answer.answer) for answer in answers] == list(
            map(inline_html_of, vote.options))


def unescaped(text):
    for character in "~=#{}:\\":
        text = text.replace(f"\\{character}", character)
    return text


@pytest.mark.thorough
@every_notebook
def test_a_parser_of_qti_reads_every_question_with_its_right_answer(path, tmp_path):
    parser = pytest.importorskip("onyx2moodle.parser", reason="`make check` installs it")
    classifier = pytest.importorskip("onyx2moodle.classifier")
    qti_package(tmp_path / "quiz.zip", "All", questions_of(path))
    zipfile.ZipFile(tmp_path / "quiz.zip").extractall(tmp_path)
    for vote in questions_of(path):
        name = vote.name.replace(".", "_").replace("-", "_")
        item = parser.parse_item(tmp_path / "items" / f"q{name}.xml")
        assert classifier.classify(item).target == "multichoice"
        assert item.response_decls["RESPONSE"].correct_values == [vote.right]
        choices = item.interactions[0].choices
        assert "".join(choice.identifier for choice in choices) == vote.letters
        assert [said.identifier for said in item.feedback] == list(vote.letters)
