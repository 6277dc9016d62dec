"""Download and taste, one order after the other."""
import measured
from tasting import URL, download, taste


def work(url=URL, count=8):
    return [taste(download(url, order)) for order in range(1, count + 1)]


if __name__ == "__main__":
    measured.main(work)
