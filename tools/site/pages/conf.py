"""How Sphinx makes the pages. `tools/site/build.py` calls it, with the notebooks made ready."""

import re

from docutils import nodes

project = "micrograd, step by step"
language = "en-GB"
extensions = ["myst_nb", "sphinx.ext.mathjax"]
exclude_patterns = []

nb_execution_mode = "off"  # the outputs are stored
nb_merge_streams = True
nb_mime_priority_overrides = [("html", "text/html", 0)]  # an <img> with its alt text before SVG
nb_code_prompt_show = "Show the {type}"
nb_code_prompt_hide = "Hide the {type}"
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4
suppress_warnings = ["myst.header"]  # solutions go from # to ###

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["look"]
html_css_files = ["site.css"]
html_js_files = [("kept.js", {"defer": "defer"})]
html_extra_path = ["404.html"]
html_copy_source = False
html_use_index = False
html_show_sphinx = False
html_permalinks = False
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "navbar_persistent": [],
    "toc_title": "On this page",
    "show_navbar_depth": 1,
    "show_toc_level": 2,
    "navigation_with_keys": False,
    "search_bar_text": "Search the course",
    "footer_content_items": [],
}
html_sidebars = {"**": ["navbar-logo.html", "search-button-field.html", "sbt-sidebar-nav.html"]}

mathjax_path = "tex-svg-full.js"
mathjax_options = {"defer": "defer"}
mathjax3_config = {"svg": {"fontCache": "local"}, "options": {"enableMenu": False}}


def setup(app):
    app.connect("doctree-resolved", keep_together)


def keep_together(app, page, name):
    """Let no line begin with the comma or full stop that stands behind a formula."""
    for formula in list(page.findall(nodes.math)):
        behind = formula.next_node(descend=False, siblings=True)
        mark = isinstance(behind, nodes.Text) and re.match(r"[^\s\w]+", behind)
        if mark:
            both = [formula.deepcopy(), nodes.Text(mark[0])]
            formula.parent.replace(behind, nodes.Text(behind[mark.end():]))
            formula.parent.replace(formula, nodes.inline("", "", *both, classes=["formula"]))
