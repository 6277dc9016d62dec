"""Orders at the coffee shop, all at once on a single thread."""
import asyncio
import json
import re
import time
from collections import defaultdict, deque
from urllib.parse import urlsplit

import measured
from orders import URL

# Nobody's just now, by loop and address: whoever comes next takes one instead of opening another.
_idle = defaultdict(deque)

# asyncio.run() would end its loop after each repeat, and the open connections with it.
_loop = asyncio.new_event_loop()


def work(url=URL, count=20):
    return _loop.run_until_complete(serve(url, count))


async def serve(url, count):
    return await asyncio.gather(*(order_cup(url, order) for order in range(1, count + 1)))


async def order_cup(url, order):
    """The cup; while it is made, the thread does something else."""
    began = time.perf_counter()
    answer = await get(url.format(order=order))
    came = time.perf_counter()
    cup = json.loads(answer)
    measured.span("MainThread", order, began, came, "waiting")
    measured.span("MainThread", order, came, time.perf_counter())
    return cup


async def get(url):
    """The bytes at an address. The standard library has no asynchronous HTTP client, so it is spoken here."""
    parts = urlsplit(url)
    idle = _idle[asyncio.get_running_loop(), parts.netloc]
    while True:
        is_new = not idle
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port) if is_new else idle.pop()
        try:
            writer.write(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            break
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.close()
            if is_new:
                raise
            # The shop had closed it, since nobody had asked for long.
    if not head.startswith(b"HTTP/1.1 200 "):
        raise OSError(f"the coffee shop answered {head.splitlines()[0].decode()}")
    body = await reader.readexactly(int(re.search(rb"(?i)content-length: *(\d+)", head)[1]))
    idle.append((reader, writer))
    return body


if __name__ == "__main__":
    measured.main(work)
