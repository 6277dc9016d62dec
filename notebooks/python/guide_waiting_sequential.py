"""Many orders at the coffee shop, one after the other."""
import measured
from guide_shop import SHOP, order


def work(url=SHOP, orders=10, ms=25):
    return [order(url, number, ms) for number in range(1, orders + 1)]


if __name__ == "__main__":
    measured.main(work)
