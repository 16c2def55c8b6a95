"""Run in a process of its own, in which nothing has been typeset yet: many threads print at once, from a cold start."""

import sys
import threading

from congress.documents import render
from tests.documents.conftest import notice_blocks, roster


def main(threads: int) -> None:
    """Print a roster or a notice in each thread at the same moment; one line on standard output for each."""
    sys.setswitchinterval(1e-6)  # threads take turns as often as they can, so that a missing lock shows
    start, answers = threading.Barrier(threads), []

    def work(number: int) -> None:
        start.wait()
        try:
            if number % 2:
                pdf = render.render(roster(40), profile="table")
            else:
                pdf = render.render(notice_blocks(), title="选举工作通知", profile="official")
            answers.append(f"{number % 2} {render.fingerprint(pdf)['sha256']}")
        except Exception as error:
            answers.append(repr(error))

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    print("\n".join(answers))


if __name__ == "__main__":
    main(int(sys.argv[1]))
