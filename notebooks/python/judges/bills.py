"""Chapter 06: a pool of processes writes bills, and the price list crosses to each of its workers at most once."""
import os
import tempfile
from functools import partial

from judges import attempt, wrong
from judges.processes import none_left

WORKERS = 3
ORDERS = [f"coffee {number * 7 % 1000}" for number in range(240)]


class PriceList(dict):
    """Counts how often it is pickled: that is what crossing to another process means."""

    crossings = 0

    def __reduce__(self):
        PriceList.crossings += 1
        return dict, (dict(self),)


def bill(folder, prices, order):
    """What the attempt is given: writes down in which process it ran."""
    open(os.path.join(folder, str(os.getpid())), "a").close()
    return f"{order}: {prices[order]} cents"


def judge():
    prices = PriceList({f"coffee {number}": 250 + number * 13 % 300 for number in range(1000)})
    PriceList.crossings = 0
    with tempfile.TemporaryDirectory() as folder, none_left() as left:
        bills = attempt("bills", list(ORDERS), prices, partial(bill, folder), WORKERS)
        running = len(left())
        processes = set(map(int, os.listdir(folder)))
    crossings = PriceList.crossings
    expected = [f"{order}: {prices[order]} cents" for order in ORDERS]
    if not isinstance(bills, (list, tuple)) or len(bills) != len(ORDERS):
        return wrong(f"{len(ORDERS)} orders came, and it returned {_shortened(bills)}: give back a list with a bill for each.")
    if list(bills) != expected:
        place = next(place for place, one in enumerate(bills) if one != expected[place])
        return wrong(f"Order {place + 1} wants {expected[place]!r}, and its bill is {bills[place]!r}: bill(prices, order) writes it, and they stay in the orders' order.")
    if os.getpid() in processes:
        return wrong("The bills were written in this notebook's own process: have the workers of a pool call bill(prices, order).")
    if running:
        return wrong(f"It returned while {running} processes still ran: a with block closes its pool.")
    # Once more where an earlier cell has left the list in a variable: what workers may need of the notebook is written down, too.
    if crossings > WORKERS + 1:
        return wrong(f"The bills are right, but the price list crossed {crossings} times, to {WORKERS} workers: it goes with whatever a worker is sent. Send it when a worker begins, or put many orders in one parcel.")
    return None


def _shortened(value):
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
