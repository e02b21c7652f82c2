"""SVG that is readable on white pages and on dark ones: Graphviz's, made small, and any other's.

Whoever shows the drawing cannot know the page's colour. So the page shows through, every text
stands in a filled shape of its own, and lines are of a grey that shows on white and on black.
What a graph colours itself keeps its colours. The shapes and their places stay Graphviz's.

Two classes ask for what Graphviz has no attribute for: `last FILL TEXT`, two colours for the last
compartment of a record; `wide`, a thick border or arrow.
"""

import re
from xml.etree import ElementTree

LINE, FILL = "#808080", "#FAFAFA"
UNKNOWN = "#E4E4E4", "#595959"
WIDE = "4"
LIFT = 4  # how much further above its arrow a text stands, in points
DEFAULTS = {"font-family": "Courier,monospace", "font-size": "12", "text-anchor": "middle",
            "stroke-linejoin": "round"}
CARD = "#F3F5F8"  # behind a whole picture: soft on a dark page, and a frame on a white one
SVG = "http://www.w3.org/2000/svg"
SPACE = " \N{NO-BREAK SPACE}"

ElementTree.register_namespace("", SVG)


def printable(text, keep=""):
    """The text with what no font shows, such as control characters, as Python writes it."""
    return "".join(c if c.isprintable() or c in keep else ascii(c)[1:-1] for c in text)


def on_card(svg):
    """A picture with transparent background, on a light card with round corners."""
    card = f'\n <rect width="100%" height="100%" rx="12" fill="{CARD}"/>'
    return re.sub(r"(<svg[^>]*>)", rf"\1{card}", svg, count=1)


def tidied(svg, texts):
    """Restyle an SVG drawing by Graphviz. Returns SVG text.

    texts: what to write into a shape in place of what is there, by its id.

    Boxes and ellipses have the names of their nodes as ids, arrows the ids that the graph gave.
    """
    root = ElementTree.fromstring(svg)
    for graph in root.findall(f"{{{SVG}}}g"):
        for name, value in DEFAULTS.items():
            graph.set(name, value)
        graph.attrib.pop("id", None)
        graph.set("transform", re.sub(r"scale\(1 1\) |rotate\(0\) ", "", graph.get("transform")))
    for parent in list(root.iter()):
        _name(parent)
        _write(parent, texts.get(parent.get("id")))
        for child in list(parent):
            _restyle(parent, child)
    for group in root.iter(f"{{{SVG}}}g"):
        _apply_classes(group, group.attrib.pop("class", "").split())
    return _compact(ElementTree.tostring(root, encoding="unicode"))


def _name(group):
    """Give a node its name as id, and drop the ids that Graphviz counted up."""
    title = group.find(f"{{{SVG}}}title")
    if title is None:
        return
    group.remove(title)
    if "node" in group.get("class", "").split():
        group.set("id", title.text)
    elif re.fullmatch(r"(edge|graph|clust)\d+", group.get("id", "")):
        del group.attrib["id"]


def _write(group, texts):
    if texts:
        for text, written in zip(group.iter(f"{{{SVG}}}text"), texts, strict=True):
            text.text = printable(written)


def _restyle(parent, child):
    kind = child.tag.removeprefix(f"{{{SVG}}}")
    if kind == "text":
        _restyle_text(parent, child)
    elif kind in ("polygon", "ellipse", "polyline", "path"):
        if child.get("fill") == "white" and child.get("stroke") in ("none", "transparent"):
            parent.remove(child)  # the white page
        if child.get("fill") == "none" and kind in ("polygon", "ellipse"):
            child.set("fill", FILL)
        for name in ("fill", "stroke"):
            if child.get(name) in ("black", "#000000"):
                child.set(name, LINE)
        if child.get("fill") == "lightgrey":
            child.set("fill", FILL)
        if parent.get("class") == "edge" and kind == "polygon":
            del child.attrib["stroke"]  # an arrowhead is filled


def _restyle_text(parent, text):
    if not (text.text or "").strip(SPACE):
        parent.remove(text)
        return
    text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    text.set("font-size", re.sub(r"\.0+$", "", text.get("font-size", "12")))
    for name, value in DEFAULTS.items():
        if text.get(name) == value:
            del text.attrib[name]
    if "node" not in parent.get("class", "").split():
        text.text = text.text.strip(SPACE)
        text.set("y", f"{float(text.get('y')) - LIFT:.1f}")
        parent.insert(list(parent).index(text), _card(text))


def _card(text):
    """The filled shape behind a text that stands outside of every shape."""
    size = float(text.get("font-size", DEFAULTS["font-size"]))
    width = 0.6 * size * len(text.text) + 6
    return ElementTree.Element(f"{{{SVG}}}rect", {
        "x": f"{float(text.get('x')) - width / 2:.1f}", "y": f"{float(text.get('y')) - size:.1f}",
        "width": f"{width:.1f}", "height": f"{1.4 * size:.1f}", "rx": "3", "fill": FILL})


def _apply_classes(group, classes):
    shapes = [child for child in group if child.tag != f"{{{SVG}}}text"]
    if "wide" in classes:
        for shape in shapes:
            shape.set("stroke-width", WIDE)
    if "node" in classes and shapes and shapes[0].tag == f"{{{SVG}}}polygon":
        colours = classes[classes.index("last") + 1:][:2] if "last" in classes else None
        _merge_record(group, shapes, colours)


def _merge_record(group, shapes, colours):
    """A record's outline and the lines across it as one path; its last compartment in colours."""
    box, *lines = shapes
    left, top, right, bottom = _extent(box)
    heights = [_extent(line)[1] for line in lines]
    across = "".join(f"M{left},{y}H{right}" for y in heights)
    outline = {name: box.get(name) for name in box.attrib if name.startswith("stroke")}
    for shape in shapes:
        group.remove(shape)
    paths = [{"fill": box.get("fill"), **outline,
              "d": f"M{left},{bottom}V{top}H{right}V{bottom}z{across}"}]
    if colours:
        text = group.findall(f"{{{SVG}}}text")[-1]
        fill, colour = UNKNOWN if text.text.endswith(" ?") else colours
        text.set("fill", colour)
        paths.append({"fill": fill, **outline,
                      "d": f"M{left},{max(heights, default=top)}H{right}V{bottom}H{left}z"})
    group[:0] = [ElementTree.Element(f"{{{SVG}}}path", path) for path in paths]


def _extent(shape):
    points = (point.split(",") for point in shape.get("points").split())
    xs, ys = zip(*((float(x), float(y)) for x, y in points), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _compact(svg):
    """Without line ends between the elements, and with one decimal: a tenth of a point."""
    svg = re.sub(r">\s+<", "><", svg).replace(" />", "/>")
    return re.sub(r'(?<= )(points|d|x|y|c[xy]|r[xy]|viewBox|transform)="[^"]*"',
                  lambda found: re.sub(r"-?\d+\.\d+", _rounded, found[0]), svg)


def _rounded(number):
    return f"{round(float(number[0]), 1) + 0:.10g}"  # + 0 makes a -0 a 0
