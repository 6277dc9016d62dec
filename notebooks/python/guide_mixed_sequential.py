"""Order a cup, then test a number for each: one after the other."""
import measured
from orders import URL, order_cup
from primes import NUMBERS, is_prime


def order_and_test(url, order, number):
    order_cup(url, order)
    return is_prime(number)


def work(url=URL, numbers=NUMBERS):
    return [order_and_test(url, order, number) for order, number in enumerate(numbers, 1)]


if __name__ == "__main__":
    measured.main(work)
