"""What is said of a cell's error; and what is known of names, for whoever is writing a cell."""
import re
import traceback

_OURS = __file__.rpartition("errors.py")[0]
_IN_A_CELL = re.compile(r'File "(Cell \d+)", line')


def describe(error, label):
    """An exception with its frames in cells and libraries; the machinery's own are left out."""
    if isinstance(error, SystemExit):
        message = f"the cell asked Python to exit ({error.code}); Python goes on, and its variables stay"
        return {"name": "SystemExit", "message": message, "traceback": [message], "line": None}
    if isinstance(error, KeyboardInterrupt):
        message = "The cell was interrupted; Python's variables keep their values."
        return {"name": "KeyboardInterrupt", "message": message, "traceback": [message], "line": None}
    told = traceback.TracebackException(type(error), error, error.__traceback__)
    line = next((frame.lineno for frame in told.stack if frame.filename == label), getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None)
    seen = set()
    _leave_out(told, seen)
    text = _IN_A_CELL.sub(r"\1, line", "".join(told.format()))
    return {"name": type(error).__name__, "message": _message(error), "traceback": text.rstrip("\n").split("\n"), "line": line}


def last_line(error):
    return f"{type(error).__name__}: {_message(error)}" if _message(error) else type(error).__name__


def place(error):
    """Where it happened in a cell, innermost; nothing when no cell took part."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("Cell ")]
    return f" (c{frames[-1].filename[1:]}, line {frames[-1].lineno})" if frames else ""


def _message(error):
    try:
        return str(error)
    except Exception:
        return "<an exception that cannot say what it is>"


def _leave_out(told, seen):
    if told is None or id(told) in seen:
        return
    seen.add(id(told))
    frames = list(told.stack)
    first = next((index for index, frame in enumerate(frames) if frame.filename.startswith("Cell ")), None)
    # Above the first cell there is only what runs cells.
    kept = frames[first:] if first is not None else [frame for frame in frames if not frame.filename.startswith(_OURS)]
    told.stack[:] = kept
    for other in (told.__cause__, told.__context__, *(getattr(told, "exceptions", None) or ())):
        _leave_out(other, seen)


def complete(namespace, before):
    """Names that could stand behind a text, and how much of them is there; looks at objects and calls nothing but their dir()."""
    typed = re.search(r"[\w.]*$", before).group()
    owner, dot, begun = typed.rpartition(".")
    import builtins
    import keyword

    if dot:
        found = _find(namespace, owner)
        names = dir(found[0]) if found else []
    else:
        names = {*namespace, *dir(builtins), *keyword.kwlist}
    hidden = not begun.startswith("_")
    fitting = sorted(name for name in names if name.startswith(begun) and not (hidden and name.startswith("_")))
    return {"begun": begun, "names": fitting[:1000]}


def inspect_name(namespace, before, after):
    """Signature and documentation of the name between two texts; null when nothing known stands there."""
    begin = re.search(r"[\w.]*$", before).group() + re.match(r"\w*", after).group()
    found = _find(namespace, begin)
    if not found:
        return {"text": None}
    import inspect

    value = found[0]
    try:
        head = getattr(value, "__name__", begin) + str(inspect.signature(value))
    except (TypeError, ValueError):
        head = type(value).__name__
    return {"text": "\n\n".join(part for part in (head, inspect.getdoc(value)) if part)}


def status(namespace, code):
    """Whether a cell is complete, in Jupyter's words."""
    import codeop

    try:
        return {"status": "incomplete" if codeop.compile_command(code, symbol="exec") is None else "complete"}
    except (SyntaxError, ValueError, OverflowError):
        return {"status": "invalid"}


def _find(namespace, path):
    import builtins
    import inspect

    first, *rest = path.split(".")
    if first in namespace:
        value = namespace[first]
    elif hasattr(builtins, first):
        value = getattr(builtins, first)
    else:
        return None
    for part in rest:
        try:
            # A property's own code is not run by somebody's typing.
            static = inspect.getattr_static(value, part)
            value = static if isinstance(static, property) else getattr(value, part)
        except AttributeError:
            return None
    return (value,)
