"""What judges need of exercises that start processes, however these are started."""
import contextlib
import json
import multiprocessing
import os
import time

from judges import PATIENCE

PAUSE = 0.005  # seconds between two looks
A_WHILE = 0.2  # seconds in which an answer surely arrives that nobody waits for


@contextlib.contextmanager
def none_left():
    """Ends the processes that are started within the block and still run at its end."""
    before = set(multiprocessing.active_children())
    try:
        yield lambda: set(multiprocessing.active_children()) - before
    finally:
        for process in set(multiprocessing.active_children()) - before:
            process.kill()
            process.join()


class Rendezvous:
    """Sees which processes are under way at the same time: all wait until all are there, or until no more seem to come.

    They see each other by the files that they leave in a folder.
    """

    def __init__(self, folder, parties):
        self._folder, self._parties = folder, parties

    def attend(self, name, after=()):
        """Waits for the others; then for those after whom it wants to leave, who are a good while ahead of it."""
        came = os.urandom(8).hex()
        self._note(f"{came}.here", [name, os.getpid()])
        # Nobody leaves before all have come, or one has given up: they need not be looked at in the same moment.
        met = self._until(lambda: self._count("here") >= self._parties) and not self._count("up")
        if not met:
            self._note("given.up", [])
        self._note(f"{came}.most", self._parties if met else self._count("here") - self._count("left"))
        if met and after:
            self._until(lambda: set(after) <= set(self._stems("left")))
            time.sleep(A_WHILE)
        self._note(f"{name}.left", [])

    def attended(self):
        """Who came, and in which process: pairs of a name and a process number, in no order."""
        return [tuple(each) for each in self._read("here")]

    def most(self):
        """How many were there at the same time."""
        return max(self._read("most"), default=0)

    def _until(self, condition):
        given_up = time.monotonic() + PATIENCE
        while not condition() and time.monotonic() < given_up and not self._count("up"):
            time.sleep(PAUSE)
        return condition()

    def _count(self, kind):
        return len(self._stems(kind))

    def _stems(self, kind):
        return [name[: -len(kind) - 1] for name in os.listdir(self._folder) if name.endswith(f".{kind}")]

    def _read(self, kind):
        for stem in self._stems(kind):
            with open(os.path.join(self._folder, f"{stem}.{kind}")) as file:
                yield json.load(file)

    def _note(self, name, content):
        draft = os.path.join(self._folder, f"{os.urandom(8).hex()}.draft")
        with open(draft, "w") as file:
            json.dump(content, file)
        os.replace(draft, os.path.join(self._folder, name))
