"""Lines of the product changed at random on servers of their own; see `tests/mutants/run.py`."""

import subprocess
import sys

from script.lib.paths import ROOT, VENV_PYTHON
from script.run_tests import with_servers


def main(arguments: list[str]) -> int:
    """Run the changes against throw-away servers; returns 1 when too few were noticed."""

    def work(variables: dict[str, str]) -> int:
        command = [str(VENV_PYTHON), "-m", "tests.mutants.run", *arguments]
        return subprocess.run(command, cwd=ROOT, env=variables).returncode

    return with_servers(work)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
