"""Chapter 07: all orders brew at the same time on the thread of one loop, and the cups come in the order of the orders."""
import asyncio
from threading import get_ident

from judges import attempt, wrong

ORDERS = ["espresso", "mocha", "latte", "ristretto"]
TURNS = 1000  # some milliseconds


def judge():
    brewed, done, threads = [], [], set()
    most = under_way = 0
    gave_up = False

    async def until(condition):
        # By turns of the loop, not by time: whoever is under way on it has its turn in each. And no event or future, for
        # coroutines may come on several loops.
        nonlocal gave_up
        for _ in range(TURNS):
            if condition() or gave_up:
                return
            await asyncio.sleep(0)
        gave_up = True

    async def brew(order):
        nonlocal most, under_way
        brewed.append(order)
        threads.add(get_ident())
        under_way += 1
        most = max(most, under_way)
        try:
            await until(lambda: len(brewed) >= len(ORDERS))
            # The first order is ready last.
            await until(lambda: ORDERS.index(order) > 0 or len(done) >= len(ORDERS) - 1)
        finally:
            under_way -= 1
        done.append(order)
        return f"a cup of {order}"

    cups = attempt("brew_together", list(ORDERS), brew)
    expected = [f"a cup of {order}" for order in ORDERS]
    twice = next((order for order in ORDERS if brewed.count(order) > 1), None)
    if twice:
        return wrong(f"{twice} was brewed {brewed.count(twice)} times.")
    if len(brewed) < len(ORDERS):
        return wrong(f"{len(ORDERS)} orders came, and {len(brewed)} had begun to brew when it returned: calling brew(order) makes a coroutine, and starts nothing.")
    if len(threads) > 1:
        return wrong(f"They brewed on {len(threads)} threads: a loop can hold all of them on its one.")
    if len(done) < len(ORDERS):
        return wrong(f"It returned when {len(done)} of {len(ORDERS)} were ready, and the others were given up: await them all.")
    if most < len(ORDERS):
        return wrong(f"Never more than {most} of {len(ORDERS)} were brewing at the same time: a coroutine begins when it is awaited, or made a task before.")
    if not isinstance(cups, (list, tuple)):
        return wrong(f"It returned {cups!r} instead of a list of cups.")
    if list(cups) == expected:
        return None
    if sorted(map(str, cups)) == sorted(expected):
        return wrong("The cups are all there, but in the order in which they were ready. gather gives them in the order in which they were asked for.")
    return wrong(f"It returned {cups!r} instead of {expected!r}.")
