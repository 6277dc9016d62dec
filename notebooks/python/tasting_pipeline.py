"""Threads download, processes taste: each download as soon as it is there."""
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed

import measured
from tasting import URL, download, taste


def work(url=URL, count=8, workers=os.cpu_count()):
    with ThreadPoolExecutor(count) as threads, ProcessPoolExecutor(workers) as processes:
        downloads = {threads.submit(download, url, order): order for order in range(1, count + 1)}
        tastings = {}
        for notes in as_completed(downloads):
            tastings[downloads[notes]] = processes.submit(taste, notes.result())
        return [tastings[order].result() for order in sorted(tastings)]


if __name__ == "__main__":
    measured.main(work)
