"""Questions for learning platforms: as GIFT, which Moodle imports, and as a QTI 2.1 package.

Both take votes: those of a notebook, or the questions of a quiz. Formulas stand in round brackets
with a backslash, as a platform's MathJax expects them.
"""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from nbconvert.filters.markdown import markdown2html

from tools.classroom.archive import write_zip

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
SPECIAL = re.compile(r"([\\~=#{}:])")  # to GIFT


def html_of(markdown):
    """A text as HTML, with formulas as platforms expect them."""
    page = markdown2html(markdown).strip()
    page = re.sub(r'<div class="highlight">|</div>|</?span[^>]*>', "", page)
    page = re.sub(r"\$\$(.+?)\$\$", r"\\[\1\\]", page, flags=re.S)
    return re.sub(r"\$(.+?)\$", r"\\(\1\\)", page, flags=re.S)


def inline_html_of(markdown):
    return re.sub(r"^<p>(.*)</p>$", r"\1", html_of(markdown), flags=re.S)


def gift(questions, category):
    """The questions as the text of a GIFT file, in a category such as "micrograd/05"."""
    return "\n\n".join([f"$CATEGORY: {category}", *map(gift_question, questions)]) + "\n"


def gift_question(vote):
    lines = [f"::{escaped(vote.name)}:: [html]{escaped(html_of(vote.question))} {{"]
    for letter, option, why in zip(vote.letters, vote.options, vote.why, strict=True):
        mark = "=" if letter == vote.right else "~"
        lines.append(f"\t{mark}{escaped(inline_html_of(option))}#{escaped(inline_html_of(why))}")
    return "\n".join([*lines, "}"])


def escaped(text):
    """The text with a backslash before what means something to GIFT, and on a single line."""
    return SPECIAL.sub(r"\\\1", text).replace("\n", r"\n")


def qti_package(target, title, questions):
    """Write the questions as a QTI 2.1 package: a test, an item for each question, a manifest."""
    items = {f"items/{identifier(vote)}.xml": qti_item(vote) for vote in questions}
    files = {"test.xml": qti_test(title, questions),
             "imsmanifest.xml": manifest(["test.xml", *items])} | items
    write_zip(target, {path: as_bytes(root) for path, root in files.items()})


def qti_item(vote):
    """One question, with what is said to each option."""
    item = Element("assessmentItem", xmlns=QTI, identifier=identifier(vote), title=vote.name,
                   adaptive="false", timeDependent="false")
    response = SubElement(item, "responseDeclaration", identifier="RESPONSE",
                          cardinality="single", baseType="identifier")
    SubElement(SubElement(response, "correctResponse"), "value").text = vote.right
    outcome(item, "SCORE", "float", "0")
    outcome(item, "FEEDBACK", "identifier")
    body = SubElement(item, "itemBody")
    body.append(fragment("div", html_of(vote.question)))
    choices = SubElement(body, "choiceInteraction", responseIdentifier="RESPONSE",
                         shuffle="false", maxChoices="1")
    for letter, option in zip(vote.letters, vote.options, strict=True):
        choices.append(fragment("simpleChoice", inline_html_of(option), identifier=letter))
    processing(item)
    for letter, why in zip(vote.letters, vote.why, strict=True):
        item.append(fragment("modalFeedback", html_of(why), outcomeIdentifier="FEEDBACK",
                             identifier=letter, showHide="show"))
    return item


def outcome(parent, name, kind, default=None):
    declared = SubElement(parent, "outcomeDeclaration", identifier=name, cardinality="single",
                          baseType=kind)
    if default is not None:
        SubElement(SubElement(declared, "defaultValue"), "value").text = default


def processing(item):
    """A point for the right option, and the feedback of the one that was chosen."""
    steps = SubElement(item, "responseProcessing")
    condition = SubElement(SubElement(steps, "responseCondition"), "responseIf")
    match = SubElement(condition, "match")
    SubElement(match, "variable", identifier="RESPONSE")
    SubElement(match, "correct", identifier="RESPONSE")
    point = SubElement(condition, "setOutcomeValue", identifier="SCORE")
    SubElement(point, "baseValue", baseType="float").text = "1"
    said = SubElement(steps, "setOutcomeValue", identifier="FEEDBACK")
    SubElement(said, "variable", identifier="RESPONSE")


def qti_test(title, questions):
    test = Element("assessmentTest", xmlns=QTI, identifier="test", title=title)
    part = SubElement(test, "testPart", identifier="part", navigationMode="nonlinear",
                      submissionMode="individual")
    section = SubElement(part, "assessmentSection", identifier="section", title=title,
                         visible="true")
    for vote in questions:
        SubElement(section, "assessmentItemRef", identifier=identifier(vote),
                   href=f"items/{identifier(vote)}.xml")
    return test


def manifest(paths):
    """What lies in the package, the test first."""
    root = Element("manifest", xmlns=PACKAGE, identifier="manifest")
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for path in paths:
        kind = "test" if path == "test.xml" else "item"
        name = re.sub(r"\W", "_", path)
        resource = SubElement(resources, "resource", identifier=name, href=path,
                              type=f"imsqti_{kind}_xmlv2p1")
        SubElement(resource, "file", href=path)
        if kind == "test":
            for other in paths[1:]:
                SubElement(resource, "dependency", identifierref=re.sub(r"\W", "_", other))
    return root


def identifier(vote):
    """The vote's name as XML lets one name things: a letter first, and no dot."""
    return f"q{re.sub(r'[^0-9a-z]', '_', vote.name)}"


def fragment(tag, html, **attributes):
    element = ElementTree.fromstring(f"<{tag}>{html}</{tag}>")
    element.attrib.update(attributes)
    return element


def as_bytes(root):
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
