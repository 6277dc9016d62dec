"""Chapter 05: a thread for each order, and the cups in the order of the orders."""
from threading import Event, Lock

from judges import PATIENCE, Meeting, attempt, unseen, wrong

ORDERS = ["espresso", "mocha", "latte", "ristretto"]


def judge():
    meeting, lock = Meeting(len(ORDERS)), Lock()
    served, busy = [], set()
    returned = Event()
    ready = {order: Event() for order in ORDERS}
    after = dict(zip(ORDERS, ORDERS[1:]))

    def serve(order):
        with lock:
            served.append(order)
            busy.add(order)
        if meeting.attend():
            # The last order is ready first, and the first one last of all: after whoever does not wait for it has returned.
            if order in after:
                ready[after[order]].wait(PATIENCE)
            else:
                returned.wait(0.2)
        meeting.leave()
        with lock:
            busy.discard(order)
        ready[order].set()
        return f"a cup of {order}"

    cups = attempt("cups_in_order", list(ORDERS), serve)
    unfinished = len(busy)
    returned.set()
    expected = [f"a cup of {order}" for order in ORDERS]
    twice = next((order for order in ORDERS if served.count(order) > 1), None)
    if twice:
        return wrong(f"{twice} was served {served.count(twice)} times: a lambda looks a variable up when it runs, and the loop has gone on by then. Hand it over: Thread(target=..., args=(order,)).")
    if len(served) < len(ORDERS):
        return wrong(f"{len(ORDERS)} orders came, and {len(served)} had been served when it returned.")
    if meeting.most < len(ORDERS):
        return unseen(f"Never more than {meeting.most} of {len(ORDERS)} orders were under way at the same time: start all threads before you join the first.")
    if unfinished:
        return wrong(f"It returned while {unfinished} orders were still being served: join waits until a thread has ended.")
    if not isinstance(cups, (list, tuple)):
        return wrong(f"It returned {cups!r} instead of a list of cups: what a thread's function returns is lost, so let it write its cup into a list.")
    if list(cups) == expected:
        return None
    if sorted(map(str, cups)) == sorted(expected):
        return wrong("The cups are all there, but in the order in which they were ready. Give every cup its place: cups[index] = serve(order).")
    return wrong(f"It returned {cups!r} instead of {expected!r}.")
