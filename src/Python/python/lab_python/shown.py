"""A value in the MIME types that front ends choose from, as IPython's conventions have it."""
import base64
import sys

_METHODS = {
    "_repr_html_": "text/html",
    "_repr_markdown_": "text/markdown",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
    "_repr_latex_": "text/latex",
    "_repr_json_": "application/json",
}


def bundle(value):
    """MIME type to content; always with text. A method that fails is as one that is not there, and its reason is printed."""
    data = {}
    if not isinstance(value, type):
        whole = _ask(value, "_repr_mimebundle_", include=None, exclude=None)
        data.update(whole if isinstance(whole, dict) else {})
        for method, mime in _METHODS.items():
            content = None if mime in data else _ask(value, method)
            if content is not None:
                data[mime] = content
        if _is_figure(value):
            data.setdefault("image/png", _picture(value))
    if "text/plain" not in data:
        try:
            data["text/plain"] = repr(value)
        except Exception as error:
            data["text/plain"] = f"<{type(value).__name__}: its repr failed: {type(error).__name__}: {error}>"
    return {mime: base64.b64encode(content).decode() if isinstance(content, bytes) else content for mime, content in data.items()}


def open_figures():
    """The figures of matplotlib that a cell has left open, closed once they are shown."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    for number in pyplot.get_fignums() if pyplot else ():
        yield bundle(pyplot.figure(number))
    if pyplot:
        pyplot.close("all")


def _ask(value, method, **arguments):
    try:
        found = getattr(value, method, None)
        answer = found(**arguments) if callable(found) else None
    except Exception as error:
        print(f"[{type(value).__name__}.{method} failed: {type(error).__name__}: {error}]", file=sys.stderr)
        return None
    # With or without metadata, of which nothing is made here.
    return answer[0] if isinstance(answer, tuple) and answer else answer


def _is_figure(value):
    return any(base.__module__ == "matplotlib.figure" and base.__name__ == "Figure" for base in type(value).__mro__)


def _picture(figure):
    import io

    picture = io.BytesIO()
    figure.savefig(picture, format="png", bbox_inches="tight")
    return picture.getvalue()
