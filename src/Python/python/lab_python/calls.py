"""Functions of cells, and of modules beside the notebook, called and measured for code in another language."""
import gc
import importlib
import inspect
import json
import os
import sys
import types

from lab_python import cells, crossing, errors


def start(namespace, **_):
    """Gets ready for calls to be measured, before each of which the collector looks at what is new since now."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    name = "" if sys.implementation.name == "cpython" else " (PyPy)"
    gil = "" if getattr(sys, "_is_gil_enabled", lambda: True)() else ", free-threaded"
    return {"version": f"Python {sys.version.split()[0]}{name}{gil}"}


def call(namespace, wait, function, arguments, sent=None):
    """Calls a function, measured; wait runs a coroutine. Sent is one of another interpreter's cells, as it sent it."""
    import measured

    try:
        work = _receive(**sent) if sent else _find(namespace, function)
    except Exception as error:
        return {"error": errors.last_line(error), "unknown": True}
    misfit = _misfit(work, function, arguments)
    if misfit:
        return {"error": misfit}
    try:
        reply = measured.repeat(work, arguments, wait)
    except BaseException as error:
        return {"error": errors.last_line(error) + errors.place(error)}
    try:
        reply["answer"] = crossing.plain(reply["answer"])
        json.dumps(reply, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        return {"error": f"{function} returned what does not cross to C#: {error}"}
    return reply


def send(namespace, function, **_):
    """A function for another interpreter to call; nothing when no cell defined it."""
    return cells.sendable(namespace.get(function))


def _receive(folder, module, name):
    if folder not in sys.path:
        sys.path.append(folder)
    # What the function uses may be new since it came the last time.
    for known in [name for name, each in sys.modules.items() if os.path.dirname(getattr(each, "__file__", None) or "") == folder]:
        del sys.modules[known]
    importlib.invalidate_caches()
    return getattr(importlib.import_module(module), name)


def _find(namespace, function):
    *owners, name = function.split(".")
    if not owners:
        if callable(namespace.get(name)):
            return namespace[name]
        known = [key for key, value in namespace.items() if isinstance(value, types.FunctionType) and cells.sendable(value)]
        raise NameError(f"there is no function {name}; Python cells have defined {', '.join(sorted(known)) or 'none so far'}")
    try:
        owner = namespace[owners[0]]
        for part in owners[1:]:
            owner = getattr(owner, part)
    except (KeyError, AttributeError):
        owner = importlib.import_module(".".join(owners))
    if not callable(getattr(owner, name, None)):
        raise NameError(f"{'.'.join(owners)} has no function {name}")
    return getattr(owner, name)


def _misfit(work, function, arguments):
    """What is wrong with the arguments, in a line; None when they fit, or when the function does not say what it takes."""
    try:
        signature = inspect.signature(work)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(**arguments)
    except TypeError as error:
        return f"TypeError: {function}() {error}; it is {function}{signature}"
    return None
