"""Orders at the coffee shop, in an event loop, with a library that blocks: while it waits, the whole loop does."""
import asyncio

import measured
from orders import URL, order_cup


def work(url=URL, count=20):
    return asyncio.run(serve(url, count))


async def serve(url, count):
    return await asyncio.gather(*(order_one(url, order) for order in range(1, count + 1)))


async def order_one(url, order):
    return order_cup(url, order)


if __name__ == "__main__":
    measured.main(work)
