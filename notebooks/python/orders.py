"""Orders at the coffee shop, a web server that takes its time: the same as CoffeeShop.Order, cup by cup.

The address is CoffeeShop.CoffeeUrl, where {order} stands for the number of an order.
"""
import json
import time
from collections import deque
from http.client import HTTPConnection
from threading import current_thread
from urllib.parse import urlsplit

import measured

URL = "http://127.0.0.1:8080/coffee/{order}?ms=50"

# Nobody's just now: whoever comes next takes one instead of opening another.
_connections = deque()


def order_cup(url, order):
    """The cup; the calling thread stands and waits for it."""
    began = time.perf_counter()
    cup = json.loads(get(url.format(order=order)))
    measured.span(current_thread().name, order, began, time.perf_counter(), "blocked")
    return cup


def get(url):
    """The bytes at an address."""
    parts = urlsplit(url)
    try:
        connection = _connections.pop()
    except IndexError:
        connection = HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise OSError(f"the coffee shop answered {response.status}: {body.decode().strip()}")
    _connections.append(connection)
    return body
