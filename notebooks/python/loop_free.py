"""A clock ticks on an event loop while a coffee is made that gives the thread back while it waits. Gives the ticks in seconds."""
import asyncio
import time

import measured


def work(milliseconds=200):
    return asyncio.run(shift(milliseconds))


async def shift(milliseconds):
    ticks = []
    began = time.perf_counter()

    async def clock():
        while True:
            ticks.append(time.perf_counter() - began)
            await asyncio.sleep(0.01)

    async def coffee():
        await asyncio.sleep(milliseconds / 1000)  # gives the thread back

    ticking = asyncio.create_task(clock())
    await asyncio.sleep(0.1)
    await coffee()
    await asyncio.sleep(0.1)
    ticking.cancel()
    return ticks


if __name__ == "__main__":
    measured.main(work)
