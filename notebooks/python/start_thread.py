"""Is it prime? A new thread is started to say so, and ended."""
from threading import Thread

import measured
from primes import is_prime


def work(number=17):
    answers = []
    thread = Thread(target=lambda: answers.append(is_prime(number)))
    thread.start()
    thread.join()
    return answers[0]


if __name__ == "__main__":
    measured.main(work)
