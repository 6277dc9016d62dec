"""Orders at the coffee shop, a web server that takes its time: the same as CoffeeShop.Order, cup by cup.

The address is CoffeeShop.CoffeeUrl, where {order} stands for the number of an order.
"""
import json
import os
import time
from collections import defaultdict, deque
from http.client import HTTPConnection
from threading import current_thread
from urllib.parse import urlsplit

import measured

URL = "http://127.0.0.1:8080/coffee/{order}?ms=50"

# Nobody's just now, by address: whoever comes next takes one instead of opening another.
_idle = defaultdict(deque)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # They are the parent's.


def order_cup(url, order):
    """The cup; the calling thread stands and waits for it."""
    began = time.perf_counter()
    cup = json.loads(get(url.format(order=order)))
    measured.span(current_thread().name, order, began, time.perf_counter(), "blocked")
    return cup


def get(url):
    """The bytes at an address."""
    parts = urlsplit(url)
    idle = _idle[parts.netloc]
    while True:
        try:
            connection = idle.pop()
        except IndexError:
            connection = HTTPConnection(parts.netloc)
        is_new = connection.sock is None
        try:
            connection.request("GET", f"{parts.path}?{parts.query}")
            response = connection.getresponse()
            body = response.read()
            break
        except ConnectionError:
            connection.close()
            if is_new:
                raise
            # The shop had closed it, since nobody had asked for long.
    if response.status != 200:
        raise OSError(f"the coffee shop answered {response.status}: {body.decode().strip()}")
    idle.append(connection)
    return body
