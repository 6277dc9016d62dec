"""Runs a chapter's Python work and says as JSON what it cost.

    python3 primes_threads.py                     one repeat
    python3 primes_threads.py --workers 4         the parameters of work() are its options
    python3 primes_threads.py --serve             a repeat for each line of standard input: how the chapters ask

A repeat is one line: wall and processor time in seconds, the answer, the highest memory in bytes, and the spans
that the work put on the timeline. Standard library only, Python 3.9 or newer.
"""
import argparse
import gc
import inspect
import json
import multiprocessing
import os
import queue
import signal
import sys
import threading
import time

_spans = []


def main(work):
    """Measures work(), which returns an answer that JSON can carry; its parameters need defaults."""
    options = vars(_parser(work).parse_args())
    if options.pop("serve"):
        # Ctrl+C goes to everything the notebook started; only the notebook's cell is meant.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for _ in _requests():
            try:
                reply = repeat(work, options)
            except Exception as error:
                reply = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(reply), flush=True)
    else:
        print(json.dumps(repeat(work, options), indent=2))


def span(lane, item, start, end, kind="running"):
    """Puts a piece of time on the timeline: a lane such as "thread 1", times of time.perf_counter().

    The kind is "running", "blocked" (waits and holds its thread) or "waiting" (waits without one).
    """
    _spans.append((lane, str(item), start, end, kind))


def repeat(work, options, wait=None):
    """Does the work once. The result as a dictionary: wall and processor seconds, answer, memory in bytes, spans.

    Where the work is a coroutine function, wait runs what it returns: asyncio.run when left out.
    """
    _spans.clear()
    gc.collect()
    processor = _processor_time()
    began = time.perf_counter()
    answer = work(**options)
    if inspect.isawaitable(answer):
        if wait is None:
            import asyncio

            wait = asyncio.run
        answer = wait(answer)
    wall = time.perf_counter() - began
    return {
        "wall": wall,
        "processor": _processor_time() - processor,
        "answer": answer,
        "memory": _peak_memory(),
        "spans": [[lane, item, start - began, end - began, kind] for lane, item, start, end, kind in _spans],
    }


def _parser(work):
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    for name, parameter in inspect.signature(work).parameters.items():
        default = parameter.default
        many = isinstance(default, (list, tuple))
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=type(default[0] if many else default),
            nargs="*" if many else None,
            default=default,
        )
    parser.add_argument("--serve", action="store_true", help="a repeat for each line of standard input")
    return parser


def _requests():
    lines = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    while True:
        yield lines.get()


def _listen(lines):
    # Not sys.stdin: a child that is forked while this thread waits must not inherit a held lock.
    while received := os.read(0, 4096):
        for _ in range(received.count(b"\n")):
            lines.put(True)
    # The notebook let go or is gone: leave at once, and leave nobody behind.
    for child in multiprocessing.active_children():
        child.kill()
    os._exit(0)


def _processor_time():
    """Of this process and of its children that have ended, in seconds, all cores added up."""
    try:
        import resource
    except ImportError:  # Windows
        times = os.times()
        return time.process_time() + times.children_user + times.children_system
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak_memory():
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
