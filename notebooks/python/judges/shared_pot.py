"""Chapter 09: whoever comes first brews, the others wait for that; the GIL does not see to it."""
from threading import Event, Lock, Thread

from judges import PATIENCE, attempt, unseen, wrong

GUESTS = 4
LOOK = 0.5  # seconds in which another thread that is to brew, too, will have begun


def judge():
    return asked_together() or brewing_fails()


def asked_together():
    lock, brewing, again = Lock(), Event(), Event()
    guests, pots = [], []

    def brew():
        with lock:
            pots.append(f"pot {len(pots) + 1}")
            pot = pots[-1]
        if brewing.is_set():
            again.set()
        brewing.set()
        for guest in guests[1:]:
            guest.came.wait(PATIENCE)
        again.wait(LOOK)
        return pot

    pour = attempt("shared_pot", brew)
    if not callable(pour):
        return wrong(f"It returned {pour!r} instead of the function that pours.")
    if pots:
        return wrong("It brewed before anybody poured.")
    guests += [Guest(pour) for _ in range(GUESTS)]
    guests[0].start()
    if not brewing.wait(PATIENCE):
        return _fault(guests[0]) or unseen("A guest poured, and nothing was brewed.")
    for guest in guests[1:]:
        guest.start()
    for guest in guests:
        guest.join(PATIENCE)
    if len(pots) > 1:
        return wrong(f"{GUESTS} threads poured, and {len(pots)} pots were brewed: between the question and the brewing another thread had its turn. Let a lock be held from the one to the end of the other.")
    if any(guest.is_alive() for guest in guests):
        return unseen("The pot was ready, and a thread still waited: whoever takes a lock has to give it back.")
    fault = next((fault for fault in map(_fault, guests) if fault), None)
    if fault:
        return fault
    late = Guest(pour)
    late.start()
    late.join(PATIENCE)
    guests.append(late)
    if len(pots) > 1:
        return wrong("The pot was ready, and another one was brewed for who came later.")
    strange = next((guest.cup for guest in guests if guest.cup != "pot 1"), None)
    return None if all(guest.cup == "pot 1" for guest in guests) else wrong(f"A thread got {strange!r} instead of what brew returned.")


def brewing_fails():
    pots = []

    def brew():
        pots.append("pot")
        if len(pots) == 1:
            raise OSError("no water")
        return "pot"

    pour = attempt("shared_pot", brew)
    first, second = Guest(pour), Guest(pour)
    for guest in (first, second):
        guest.start()
        guest.join(PATIENCE)
    if first.error is None:
        return wrong("Brewing failed, and pour said nothing: let the error out.")
    if second.is_alive():
        return unseen("Brewing failed, and the next thread waits for ever: the lock was not given back. with lock: does so, however the block is left.")
    if len(pots) < 2:
        return wrong("Brewing failed, and the next who poured did not brew anew.")
    return _fault(second) or (None if second.cup == "pot" else wrong(f"After a brewing that failed, the next thread got {second.cup!r}."))


def _fault(guest):
    return None if guest.error is None else wrong(f"pour threw {type(guest.error).__name__}: {guest.error}")


class Guest(Thread):
    """Pours once. One that never comes back is left behind."""

    def __init__(self, pour):
        super().__init__(daemon=True)
        self.came = Event()
        self.cup = self.error = None
        self._pour = pour

    def run(self):
        self.came.set()
        try:
            self.cup = self._pour()
        except BaseException as error:
            self.error = error
