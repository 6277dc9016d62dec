"""Many orders at the coffee shop: one event loop, but the library that orders blocks, and the loop with it."""
import asyncio

import measured
from guide_shop import SHOP, order


async def order_blocking(url, number, ms):
    return order(url, number, ms)


async def serve(url, orders, ms):
    return await asyncio.gather(*(order_blocking(url, number, ms) for number in range(1, orders + 1)))


def work(url=SHOP, orders=10, ms=25):
    return asyncio.run(serve(url, orders, ms))


if __name__ == "__main__":
    measured.main(work)
