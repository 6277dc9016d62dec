"""Many waits at once on an event loop: the most memory in bytes that was ever resident."""
import asyncio
import resource

import measured


def work(count=1_000_000, seconds=10):
    return asyncio.run(wait(count, seconds))


async def wait(count, seconds):
    await asyncio.gather(*(asyncio.sleep(seconds) for _ in range(count)))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    measured.main(work)
