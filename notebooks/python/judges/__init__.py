"""Judges of the exercises in Python: each has an attempt run and says what is wrong with it, or nothing.

A judge goes by what it sees, never by how long it took. Only what it has not seen needs time: unseen() says so, since on
a busy machine that is no proof.
"""
import asyncio
import inspect
import sys
import threading

PATIENCE = 3.0  # seconds for what a right attempt does as soon as it gets a core
LONGEST = 15.0  # seconds for all of an attempt


def wrong(words):
    """What is wrong with the attempt."""
    return {"wrong": words, "unseen": False}


def unseen(words):
    """What is wrong, as far as could be seen in time."""
    return {"wrong": words, "unseen": True}


def attempt(name, *arguments):
    """What the function that a cell has defined under this name answers; one that never comes back is left behind."""
    function = getattr(sys.modules["__main__"], name, None)
    if not callable(function):
        raise NameError(f"there is no function {name} yet: run the cell that defines it")
    outcome = {}

    def run():
        try:
            answer = function(*arguments)
            outcome["answer"] = asyncio.run(_ended(answer)) if inspect.isawaitable(answer) else answer
        except BaseException as error:
            outcome["error"] = error

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(LONGEST)
    if "error" in outcome:
        raise outcome["error"]
    if "answer" not in outcome:
        raise TimeoutError(f"{name} had not come back after {LONGEST:.0f} seconds: it waits for something that never comes")
    return outcome["answer"]


async def _ended(awaitable):
    return await awaitable


class Meeting:
    """Sees who is under way at the same time: all wait until all are there, or until no more seem to come."""

    def __init__(self, parties):
        self.most = 0
        self._here = 0
        self._lock = threading.Lock()
        self._all = threading.Barrier(parties)

    def attend(self):
        """Whether all were there at once."""
        with self._lock:
            self._here += 1
            self.most = max(self.most, self._here)
        try:
            self._all.wait(PATIENCE)
            return True
        except threading.BrokenBarrierError:
            return False

    def leave(self):
        with self._lock:
            self._here -= 1
