"""Download and taste, both by a pool of threads."""
from concurrent.futures import ThreadPoolExecutor

import measured
from tasting import URL, download, taste


def work(url=URL, count=8):
    def download_and_taste(order):
        return taste(download(url, order))

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(download_and_taste, range(1, count + 1)))


if __name__ == "__main__":
    measured.main(work)
