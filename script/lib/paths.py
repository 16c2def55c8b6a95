"""Where things stand, relative to the checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
VAR = ROOT / "var"


def site_packages(venv: Path = VENV) -> Path:
    """The folder of installed packages of a virtual environment; raises FileNotFoundError when there is none."""
    for folder in sorted((venv / "lib").glob("python3.*/site-packages")):
        return folder
    raise FileNotFoundError(f"no site-packages under {venv}")
