"""Orders at the coffee shop, one after the other."""
import measured
from orders import URL, order_cup


def work(url=URL, count=20):
    return [order_cup(url, order) for order in range(1, count + 1)]


if __name__ == "__main__":
    measured.main(work)
