"""Many waits at once on one thread."""
import asyncio

import measured


def work(count=10_000, milliseconds=200):
    return asyncio.run(gather(count, milliseconds))


async def gather(count, milliseconds):
    async def wait(number):
        await asyncio.sleep(milliseconds / 1000)
        return number

    return sum(await asyncio.gather(*(wait(number) for number in range(count))))


if __name__ == "__main__":
    measured.main(work)
