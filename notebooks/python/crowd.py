"""Many waits held at one moment: how long it takes to start them and what memory each of them keeps."""
import time


def resident():
    """Memory of this process in bytes; where the system does not tell, the highest so far."""
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * 4096
    except OSError:
        pass
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class Crowd:
    """Counts who waits: for a with block in which they are started. A system that refuses more ends the block."""

    def __init__(self, asked):
        self.asked, self.waiting, self.stopped = asked, 0, None

    def __enter__(self):
        self._memory, self._began = resident(), time.perf_counter()
        return self

    def __exit__(self, kind, refused, _):
        self._took, self._memory = self.seconds(), resident() - self._memory
        if kind is RuntimeError:
            self.stopped = f"{refused}."
        return kind is RuntimeError

    def seconds(self):
        return time.perf_counter() - self._began

    def answer(self):
        return {
            "asked": self.asked,
            "waiting": self.waiting,
            "milliseconds": self._took * 1000,
            "bytesEach": max(0, self._memory) / max(1, self.waiting),
            "stopped": self.stopped,
        }
