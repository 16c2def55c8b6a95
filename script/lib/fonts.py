"""The fonts of official documents, in a folder of the product's own, so that a PDF is the same on every machine.

Fandol (仿宋 楷体 黑体 宋体) is taken out of Debian's texlive-lang-chinese without installing it; Noto Serif SC and
Noto Sans SC come with a pinned Python wheel and hold the characters Fandol lacks. An office puts the fonts it has
licences for into `office/`, which comes first.
"""

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from script.lib import stamps
from script.lib.environment import cleaned
from script.lib.paths import VAR, site_packages
from script.lib.run import run
from script.lib.say import Stop, say
from script.lib.system_parts import refresh_lists_for

FONTS = VAR / "fonts"
FACE = VAR / "fonts-face"  # fonts loaded by their own file only, unseen by fontconfig
LICENCES = VAR / "fonts-license"
CONFIGURATION = VAR / "fonts.conf"
_PACKAGE = "texlive-lang-chinese"
_FANDOL = "./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"
_FANDOL_DOC = "./usr/share/doc/texlive-doc/fonts/fandol/"
_REGULAR = ("FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolHei-Regular.otf", "FandolSong-Regular.otf")
# The bold files claim a regular weight: fontconfig would pick them for body text. The one that stands in for
# 小标宋 is kept out of its sight, under its own name.
_STAND_IN = ("FandolSong-Bold.otf", "GWXiaoBiaoSong.otf")
_NOTO = ("NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf")
_RECIPE = "1"
OFFICE_README = """本目录放单位已取得授权的字体文件（.ttf、.otf、.ttc），
例如 方正小标宋简体、仿宋_GB2312、楷体_GB2312、黑体。
候选人名单和选票同时使用维吾尔文、藏文、彝文等民族文字的，也把这种文字的字体放在这里。
放入后重新启动系统，公文即优先使用这些字体；不放则使用随系统安装的开源字体。
"""


def ensure() -> dict[str, str]:
    """Make the font folders when something is missing; returns the environment variables that point to them."""
    (FONTS / "office").mkdir(parents=True, exist_ok=True)
    readme = FONTS / "office" / "README.txt"
    if not readme.is_file():
        readme.write_text(OFFICE_README, encoding="utf-8")
    if not all((FONTS / name).is_file() for name in _REGULAR) or not (FACE / _STAND_IN[1]).is_file():
        _fandol()
    _noto()
    _write_configuration()
    return {"FONTCONFIG_FILE": str(CONFIGURATION), "CONGRESS_FONTS_DIR": str(FONTS)}


def configuration(fonts: Path, cache: Path) -> str:
    """fontconfig's file that shows only our folders, the office's first."""
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
        f"<fontconfig><dir>{fonts / 'office'}</dir><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>\n"
    )


def _write_configuration() -> None:
    text = configuration(FONTS, VAR / "fonts-cache")
    if not CONFIGURATION.is_file() or CONFIGURATION.read_text(encoding="utf-8") != text:
        CONFIGURATION.write_text(text, encoding="utf-8")


def _fandol() -> None:
    if not refresh_lists_for(_PACKAGE):
        raise Stop(
            f"公文字体还没有安装，而本机的软件包清单里找不到 {_PACKAGE}。"
            "请由管理员运行下面这一行，然后再启动一次：\n  sudo apt-get update"
        )
    say("取公文字体 Fandol（从 Debian 软件包中取出，约 49 MB，不安装 TeX）")
    with tempfile.TemporaryDirectory(prefix="congress-fonts-") as folder:
        work = Path(folder)
        environment = cleaned(os.environ) | {"LC_ALL": "C.UTF-8"}
        run(["apt-get", "download", "-q", _PACKAGE], cwd=work, environment=environment, what="下载公文字体")
        _unpack(next(work.glob(f"{_PACKAGE}_*.deb")), work)
        _place(work)


def _unpack(package: Path, work: Path) -> None:
    """Take only the fonts and their licence out of the package's archive."""
    plain = work / "package.tar"
    with plain.open("wb") as file:
        unpacked = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=file)
    if unpacked.returncode != 0:
        raise Stop("公文字体的软件包不能解开，请重新启动再试")
    with tarfile.open(plain) as archive:
        for entry in archive:
            kind = "doc" if entry.name.startswith(_FANDOL_DOC) else "fonts"
            source = archive.extractfile(entry) if entry.name.startswith((_FANDOL, _FANDOL_DOC)) else None
            if source is not None:  # a folder has no content
                (work / kind).mkdir(exist_ok=True)
                (work / kind / Path(entry.name).name).write_bytes(source.read())


def _place(work: Path) -> None:
    for folder in (FACE, LICENCES):
        folder.mkdir(parents=True, exist_ok=True)
    for name in _REGULAR:
        shutil.copy2(work / "fonts" / name, FONTS / name)
    shutil.copy2(work / "fonts" / _STAND_IN[0], FACE / _STAND_IN[1])
    for file in (work / "doc").iterdir():
        shutil.copy2(file, LICENCES / file.name)


def _noto() -> None:
    packages = site_packages()
    records = sorted(packages.glob("pylopdf_fonts_zh_cn-*.dist-info/RECORD"))
    if not records:
        raise Stop("虚拟环境里没有 Noto 字体：请删除 .venv 后重新运行")
    value, stamp = stamps.fingerprint(records, extra=_RECIPE), LICENCES / "noto.stamp"
    if stamps.is_current(stamp, value) and all((FONTS / name).is_file() for name in _NOTO):
        return
    LICENCES.mkdir(parents=True, exist_ok=True)
    for name in _NOTO:
        shutil.copyfile(packages / "pylopdf_fonts_zh_cn" / name, FONTS / name)
    shutil.copyfile(records[0].parent / "licenses" / "LICENSE", LICENCES / "NotoCJK-OFL.txt")
    stamps.write(stamp, value)
