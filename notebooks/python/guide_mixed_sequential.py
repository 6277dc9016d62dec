"""Order, then compute on what came: one after the other."""
import measured
from guide_shop import SHOP, order
from primes import NUMBERS, is_prime


def order_and_check(url, number, ms, candidate):
    order(url, number, ms)
    return is_prime(candidate)


def work(url=SHOP, ms=25, numbers=NUMBERS):
    return [order_and_check(url, number, ms, candidate) for number, candidate in enumerate(numbers, 1)]


if __name__ == "__main__":
    measured.main(work)
