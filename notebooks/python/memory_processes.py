"""A child process adds to a count. To whose?"""
import os
from multiprocessing import Pool

import measured

cups = 0


def add(more):
    global cups
    cups += more
    return {"process": os.getpid(), "cups": cups}


def work(before=5, more=100):
    global cups
    cups = before
    with Pool(1) as pool:
        child = pool.apply(add, (more,))
    return {"child": child, "parent": {"process": os.getpid(), "cups": cups}}


if __name__ == "__main__":
    measured.main(work)
