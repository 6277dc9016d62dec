"""Which numbers are prime? One event loop; nothing in it ever waits."""
import asyncio

import measured
from primes import NUMBERS, is_prime


async def check(number):
    return is_prime(number)


async def check_all(numbers):
    return await asyncio.gather(*(check(number) for number in numbers))


def work(numbers=NUMBERS):
    return asyncio.run(check_all(numbers))


if __name__ == "__main__":
    measured.main(work)
