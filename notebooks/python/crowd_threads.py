"""As many threads as possible within some seconds, each of which stands and waits."""
import time
from threading import Thread

import measured
from crowd import Crowd


def work(count=1000, seconds=2.0):
    with Crowd(count) as crowd:
        while crowd.waiting < count:
            if crowd.seconds() > seconds:
                crowd.stopped = "the time to start them was over."
                break
            Thread(target=time.sleep, args=(3600,), daemon=True).start()
            crowd.waiting += 1
    return crowd.answer()


if __name__ == "__main__":
    measured.main(work)
