"""Order, then compute on what came: one event loop, which waits well and computes alone."""
import asyncio

import measured
from guide_shop import SHOP, order_async
from primes import NUMBERS, is_prime


async def order_and_check(url, number, ms, candidate):
    await order_async(url, number, ms)
    return is_prime(candidate)


async def serve(url, ms, numbers):
    return await asyncio.gather(*(order_and_check(url, number, ms, candidate) for number, candidate in enumerate(numbers, 1)))


def work(url=SHOP, ms=25, numbers=NUMBERS):
    return asyncio.run(serve(url, ms, numbers))


if __name__ == "__main__":
    measured.main(work)
