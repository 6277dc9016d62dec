"""Orders at the coffee shop, all at once on a single thread."""
import asyncio
import json
import re
import time
from collections import deque
from urllib.parse import urlsplit

import measured
from orders import URL

# Nobody's just now: whoever comes next takes one instead of opening another.
_connections = deque()

# asyncio.run() would end its loop after each repeat, and the open connections with it.
_loop = asyncio.new_event_loop()


def work(url=URL, count=20):
    return _loop.run_until_complete(serve(url, count))


async def serve(url, count):
    return await asyncio.gather(*(order_cup(url, order) for order in range(1, count + 1)))


async def order_cup(url, order):
    """The cup; while it is made, the thread does something else."""
    began = time.perf_counter()
    cup = json.loads(await get(url.format(order=order)))
    measured.span("main thread", order, began, time.perf_counter(), "waiting")
    return cup


async def get(url):
    """The bytes at an address. The standard library has no asynchronous HTTP client, so it is spoken here."""
    parts = urlsplit(url)
    if _connections:
        reader, writer = _connections.pop()
    else:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200 "):
        raise OSError(f"the coffee shop answered {head.splitlines()[0].decode()}")
    body = await reader.readexactly(int(re.search(rb"(?i)content-length: *(\d+)", head)[1]))
    _connections.append((reader, writer))
    return body


if __name__ == "__main__":
    measured.main(work)
