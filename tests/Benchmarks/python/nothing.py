"""Many items that do nothing, run in one of Python's ways: what the way itself costs."""
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool

import measured

_processes = []


def work(items=2000, way="sequential", workers=2):
    return sum(WAYS[way](range(items), workers))


def nothing(item):
    return True


async def nothing_async(item):
    return True


def sequential(items, workers):
    return [nothing(item) for item in items]


def pool(items, workers):
    with ThreadPoolExecutor(workers) as executor:
        return list(executor.map(nothing, items))


def threads(items, workers):
    results = [False] * len(items)

    def one(item):
        results[item] = nothing(item)

    every = [threading.Thread(target=one, args=(item,)) for item in items]
    for thread in every:
        thread.start()
    for thread in every:
        thread.join()
    return results


def gather(items, workers):
    async def every():
        return await asyncio.gather(*(nothing_async(item) for item in items))

    return asyncio.run(every())


def processes(items, workers):
    # Started once, in the warm-up, as ours are.
    if not _processes:
        _processes.append(Pool(workers))
    return _processes[0].map(nothing, items, chunksize=1)


WAYS = {"sequential": sequential, "pool": pool, "threads": threads, "asyncio": gather, "processes": processes}

if __name__ == "__main__":
    measured.main(work)
