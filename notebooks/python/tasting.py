"""Download tasting notes (waiting), then count which words keep company (computing): the same as Tasting.cs."""
from collections import Counter

from orders import get

URL = "http://127.0.0.1:8080/beans/{order}?ms=20&kilobytes=144"


def download(url, order):
    """The notes; the calling thread stands and waits for them."""
    return get(url.format(order=order))


def taste(notes):
    """What the notes are made of: pairs of words at most four words apart."""
    words = notes.decode("ascii").split()
    pairs = Counter()
    for distance in range(1, 5):
        pairs.update(zip(words, words[distance:]))
    times = max(pairs.values(), default=0)
    favourite = min((" ".join(pair) for pair, count in pairs.items() if count == times), default="")
    return {"words": len(words), "pairs": len(pairs), "favourite": favourite, "times": times}
