"""Which numbers are prime? A thread for each number."""
from threading import Thread

import measured
from primes import NUMBERS, is_prime


def work(numbers=NUMBERS):
    answers = [False] * len(numbers)

    def check(index):
        answers[index] = is_prime(numbers[index])

    threads = [Thread(target=check, args=(index,)) for index in range(len(numbers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


if __name__ == "__main__":
    measured.main(work)
