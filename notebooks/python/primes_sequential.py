"""Which numbers are prime? One after the other."""
import measured
from primes import NUMBERS, is_prime


def work(numbers=NUMBERS):
    return [is_prime(number) for number in numbers]


if __name__ == "__main__":
    measured.main(work)
