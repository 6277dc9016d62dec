"""Chapter 08: all orders brew in the pool at the same time, and an error stays with the order that had it."""
from concurrent.futures import ThreadPoolExecutor
from threading import Lock, current_thread

from judges import Meeting, attempt, unseen, wrong

ORDERS = ["espresso", "mocha", "latte", "ristretto"]
ERRORS = {"mocha": OSError("no milk"), "latte": KeyError("no glass")}  # of two kinds, so that one except is not enough
PREFIX = "judge"


def judge():
    meeting, lock = Meeting(len(ORDERS)), Lock()
    brewed, elsewhere = [], []

    def brew(order):
        with lock:
            again = order in brewed
            brewed.append(order)
            if not current_thread().name.startswith(PREFIX):
                elsewhere.append(order)
        if not again:
            meeting.attend()
            meeting.leave()
        if order in ERRORS:
            raise ERRORS[order]
        return f"a cup of {order}"

    pool = ThreadPoolExecutor(len(ORDERS), thread_name_prefix=PREFIX)
    try:
        cups = attempt("cups_or_none", pool, list(ORDERS), brew)
    except (OSError, KeyError) as error:
        if error not in ERRORS.values():
            raise
        return wrong(f"An order went wrong ({type(error).__name__}: {error}), and nobody got a cup: ask each future for its result in a try of its own.")
    finally:
        pool.shutdown(wait=False)
    expected = [None if order in ERRORS else f"a cup of {order}" for order in ORDERS]
    twice = next((order for order in ORDERS if brewed.count(order) > 1), None)
    if twice:
        return wrong(f"{twice} was brewed {brewed.count(twice)} times.")
    if len(brewed) < len(ORDERS):
        return wrong(f"{len(ORDERS)} orders came, and {len(brewed)} had begun to brew when it returned.")
    if elsewhere:
        return wrong(f"{elsewhere[0]} was brewed on a thread that is none of the pool's: hand it over with pool.submit(brew, order).")
    if meeting.most < len(ORDERS):
        return unseen(f"Never more than {meeting.most} of {len(ORDERS)} orders were brewing at the same time: submit them all before you ask the first for its result.")
    if not isinstance(cups, (list, tuple)):
        return wrong(f"It returned {cups!r} instead of a list.")
    if list(cups) == expected:
        return None
    if len(cups) < len(ORDERS):
        return wrong(f"It returned {len(cups)} entries for {len(ORDERS)} orders: who went wrong has None in its place.")
    if any(callable(getattr(cup, "result", None)) for cup in cups):
        return wrong("It returned futures: result() gives what they hold.")
    if any(isinstance(cup, BaseException) for cup in cups):
        return wrong("It returned the error itself where None was asked for.")
    if sorted(map(str, cups)) == sorted(map(str, expected)):
        return wrong("The entries are all there, but in another order than the orders: keep the futures in a list, and go through that.")
    return wrong(f"It returned {list(cups)!r} instead of {expected!r}.")
