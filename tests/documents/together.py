"""Run in a process of its own, in which no font has been read yet: many threads print at once, from a cold start."""

import hashlib
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from congress.documents import fonts, render
from tests.documents.conftest import notice_blocks, roster

THREADS, ROUNDS = 8, 6


def together(work: Callable[[], str]) -> None:
    """Do it in all threads at the same moment; one line on standard output for each."""
    start, answers = threading.Barrier(THREADS), []

    def one() -> None:
        start.wait()
        try:
            answers.append(work())
        except Exception as error:
            answers.append(repr(error))

    workers = [threading.Thread(target=one) for _ in range(THREADS)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    print("\n".join(answers))


def measures() -> str:
    """What every face says of itself and of a few characters."""
    said = []
    for typeface in fonts.Typeface:
        for face in fonts.stack(typeface):
            said.append((face.family, face.units, face.drop, face.advance("国"), face.ink("—"), len(face.characters)))
    return f"measures {said}"


def papers() -> str:
    """Fingerprints of a notice and a roster."""
    notice = render.render(notice_blocks(), title="选举工作通知", profile="official")
    table = render.render(roster(20), profile="table")
    return f"papers {[hashlib.sha256(pdf).hexdigest() for pdf in (notice, table)]}"


def main() -> None:
    """Measure from several cold starts (a folder that was never read is one), then print."""
    real = fonts.folders()
    for _ in range(ROUNDS):
        folder = Path(tempfile.mkdtemp(dir=sys.argv[1]))
        for path in (path for place in real if place.is_dir() for path in place.glob("*.otf")):
            (folder / path.name).symlink_to(path)
        os.environ["CONGRESS_FONTS_DIR"] = str(folder)
        together(measures)
    os.environ["CONGRESS_FONTS_DIR"] = str(real[1])
    together(papers)


if __name__ == "__main__":
    main()
