"""Many coroutines on one thread, each of which awaits a timer."""
import asyncio

import measured
from crowd import Crowd


def work(count=1000):
    return asyncio.run(gather(count))


async def gather(count):
    with Crowd(count) as crowd:
        waits = [asyncio.create_task(asyncio.sleep(3600)) for _ in range(count)]
        await asyncio.sleep(0)  # lets each of them run as far as its wait
        crowd.waiting = len(waits)
    return crowd.answer()  # asyncio.run() cancels those who still wait


if __name__ == "__main__":
    measured.main(work)
