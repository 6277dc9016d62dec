"""Two coroutines take turns on one thread: what does a switch cost?"""
import asyncio

import measured


def work(switches=10_000):
    return asyncio.run(play(switches))


async def play(switches):
    turns = 0

    async def player():
        nonlocal turns
        for _ in range(switches // 2):
            turns += 1
            await asyncio.sleep(0)  # the other one's turn

    await asyncio.gather(player(), player())
    return turns


if __name__ == "__main__":
    measured.main(work)
