"""Order a cup, then test a number for each: an event loop, which waits for all at once and computes alone."""
import asyncio

import measured
from orders import URL
from orders_async import order_cup
from primes import NUMBERS, is_prime

# asyncio.run() would end its loop after each repeat, and the open connections with it.
_loop = asyncio.new_event_loop()


def work(url=URL, numbers=NUMBERS):
    return _loop.run_until_complete(serve(url, numbers))


async def serve(url, numbers):
    return await asyncio.gather(*(order_and_test(url, order, number) for order, number in enumerate(numbers, 1)))


async def order_and_test(url, order, number):
    await order_cup(url, order)
    return is_prime(number)


if __name__ == "__main__":
    measured.main(work)
