import time
from concurrent.futures import ThreadPoolExecutor

from visualizer.state import Portions


def slowly(count):
    for i in range(count):
        time.sleep(0.001)
        yield i


def test_each_portion_is_computed_once_however_many_threads_ask():
    made = Portions(slowly(100), -1)
    seen = []

    def take():
        while made.advance():
            seen.append(made.latest)

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(take) for _ in range(4)]:
            done.result()
    assert (len(seen), made.latest, made.advance()) == (100, 99, False)
