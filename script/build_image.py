"""Steps of the container image's build; see Dockerfile.

`parts` installs the Python packages, browser assets and fonts; `static` collects the static files once the code is there.
"""

import os
import sys
from pathlib import Path

from script.lib import assets, fonts, venv
from script.lib.environment import cleaned
from script.lib.paths import ROOT, VAR, VENV_PYTHON
from script.lib.run import run
from script.lib.say import Stop, say

# Collecting files reads the settings but reaches neither server; these values are used nowhere else.
_PLACEHOLDERS = {
    "DJANGO_SECRET_KEY": "only while the image is built",
    "DATABASE_URL": "postgresql://nobody@localhost/none",
    "REDIS_URL": "redis://localhost:1/0",
}


def parts() -> None:
    """Install everything that does not depend on the code."""
    venv.ensure(("requirements.txt",))
    assets.ensure()
    variables = cleaned(os.environ) | fonts.ensure()
    run(["fc-cache", "--force"], cwd=ROOT, environment=variables, what="建立字体缓存")


def static() -> None:
    """Copy the assets again beside the code's own static files and collect all of them."""
    assets.ensure()
    variables = cleaned(os.environ) | _PLACEHOLDERS | {"CONGRESS_STATIC_ROOT": str(VAR / "static")}
    command = [str(VENV_PYTHON), "manage.py", "collectstatic", "--no-input", "-v0"]
    run(command, cwd=ROOT, environment=variables, what="整理网页文件")
    open_for_reading(VAR / "static")


def open_for_reading(folder: Path) -> None:
    """Let everybody read the files: the product writes closed ones, and the image runs them as another user."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def main(arguments: list[str]) -> int:
    """Run the step named on the command line; returns the exit code."""
    steps = {"parts": parts, "static": static}
    if len(arguments) != 1 or arguments[0] not in steps:
        say("usage: python -m script.build_image parts|static")
        return 2
    try:
        steps[arguments[0]]()
    except Stop as reason:
        say(f"停止：{reason}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
