"""Chapter 03: each till adds up its takings in a process of its own, and the sums come back in the order of the tills."""
import os
import tempfile
from functools import partial

from judges import attempt, unseen, wrong
from judges.processes import Rendezvous, none_left

SUMS = {"door": 310, "counter": 1250, "terrace": 42}
TILLS = list(SUMS)


def add_up(folder, till):
    """What the attempt is given. The first till is ready last."""
    Rendezvous(folder, len(TILLS)).attend(till, after=TILLS[1:] if till == TILLS[0] else ())
    return SUMS[till]


def judge():
    with tempfile.TemporaryDirectory() as folder, none_left() as left:
        sums = attempt("takings", list(TILLS), partial(add_up, folder))
        running = len(left())
        seen = Rendezvous(folder, len(TILLS))
        attended, most = seen.attended(), seen.most()
    added = [till for till, _ in attended]
    processes = {process for _, process in attended}
    again = next((till for till in TILLS if added.count(till) > 1), None)
    if again:
        return wrong(f"The takings of the {again} were added up {added.count(again)} times.")
    missing = next((till for till in TILLS if till not in added), None)
    if missing:
        return wrong(f"Nobody added up the takings of the {missing} before it returned: a process calls add_up(till) for each till, and join waits for its end.")
    if os.getpid() in processes:
        return wrong("A till was added up in this notebook's own process: Process(target=..., args=(...)) makes another one, and start() starts it.")
    if len(processes) < len(TILLS):
        return wrong(f"{len(TILLS)} tills were added up in {len(processes)} processes: each has one of its own.")
    if most < len(TILLS):
        return unseen(f"Never more than {most} of {len(TILLS)} tills were added up at the same time: start all processes before you wait for the first.")
    if running:
        return wrong(f"It returned while {running} of its processes still ran: join waits until a process has ended.")
    expected = [SUMS[till] for till in TILLS]
    if not isinstance(sums, (list, tuple)):
        return wrong(f"It returned {sums!r} instead of a list of sums.")
    if list(sums) == expected:
        return None
    if not any(one in expected for one in sums):
        return wrong(f"It returned {list(sums)!r}: each process wrote into its own copy of a variable, and ours stayed as it was. Have each send its sum home, through a Queue or a Pipe.")
    if sorted(map(str, sums)) == sorted(map(str, expected)):
        return wrong("The sums are all there, but in the order in which they came. Send the till along with its sum, or give each till a pipe of its own.")
    return wrong(f"It returned {sums!r} instead of {expected!r}.")
