"""Debian packages the product's documents and the tests need."""

import ctypes.util
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from script.lib.environment import cleaned
from script.lib.run import found, run
from script.lib.say import Stop, say

_ANYWHERE = Path("/")


def missing_for_documents() -> dict[str, str]:
    """Debian packages (name to purpose) that the PDF engine needs and this machine lacks."""
    wanted = {
        "libpango-1.0-0": ("pango-1.0", "排版文字"),
        "libpangoft2-1.0-0": ("pangoft2-1.0", "排版文字"),
        "libharfbuzz-subset0": ("harfbuzz-subset", "快速嵌入字体"),
    }
    missing = {package: why for package, (library, why) in wanted.items() if not ctypes.util.find_library(library)}
    if not found("fc-list"):
        missing["fontconfig"] = "查找字体"
    return missing


def missing_for_tests() -> dict[str, str]:
    """Debian packages that only the tests need and this machine lacks."""
    wanted = {"chromium-headless-shell": "浏览器测试", "pdftoppm": "查看 PDF 页面"}
    packages = {"pdftoppm": "poppler-utils"}
    return {packages.get(program, program): why for program, why in wanted.items() if not found(program)}


def install(packages: Mapping[str, str]) -> None:
    """Install Debian packages as root; raises Stop with the one line to run for everybody else."""
    if not packages:
        return
    names = sorted(packages)
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(names)}"
    reasons = "、".join(f"{name}（{why}）" for name, why in sorted(packages.items()))
    if os.geteuid() != 0 or not found("apt-get"):
        raise Stop(f"缺少系统部件：{reasons}。请由管理员运行下面这一行，然后再启动一次：\n  sudo sh -c '{line}'")
    say(f"安装系统部件：{reasons}")
    environment = cleaned(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *names]
    if not _candidates_known(names):
        run(["apt-get", "update", "-q"], cwd=_ANYWHERE, environment=environment, what="更新软件包清单")
    run(command, cwd=_ANYWHERE, environment=environment, what="安装系统部件")


def refresh_lists_for(package: str) -> bool:
    """Whether apt knows the package; as root its lists are fetched first when it does not."""
    if not found("apt-get"):
        return False
    if not _candidates_known([package]) and os.geteuid() == 0:
        environment = cleaned(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "update", "-q"], cwd=_ANYWHERE, environment=environment, what="更新软件包清单")
    return _candidates_known([package])


def _candidates_known(names: list[str]) -> bool:
    """Whether apt's lists hold every name."""
    shown = subprocess.run(["apt-cache", "show", "--no-all-versions", *names], capture_output=True)
    return shown.returncode == 0
