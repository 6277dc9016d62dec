"""Many orders at the coffee shop: one event loop, all in flight at once."""
import asyncio

import measured
from guide_shop import SHOP, order_async


async def serve(url, orders, ms):
    return await asyncio.gather(*(order_async(url, number, ms) for number in range(1, orders + 1)))


def work(url=SHOP, orders=10, ms=25):
    return asyncio.run(serve(url, orders, ms))


if __name__ == "__main__":
    measured.main(work)
