"""The steps of the set-up: Python packages, Debian packages, browser assets, fonts."""

import hashlib
import json
import subprocess
import sys

import pytest

from script import build_image
from script.lib import assets, fonts, icons, system_parts, venv
from script.lib.paths import ROOT, VENDOR
from script.lib.run import run
from script.lib.say import Stop


def test_run_returns_output_and_stops_with_the_end_of_an_error(tmp_path):
    assert run([sys.executable, "-c", "print('made')"], cwd=tmp_path, environment={}, what="试运行") == "made\n"
    code = "import sys; [print('line', n) for n in range(99)]; sys.exit('disk full')"
    with pytest.raises(Stop) as stopped:
        run([sys.executable, "-c", code], cwd=tmp_path, environment={}, what="试运行")
    assert "试运行失败" in str(stopped.value)
    assert "disk full" in str(stopped.value)
    assert "line 3\n" not in str(stopped.value)


def test_pip_runs_only_when_a_requirement_file_changed(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(venv, "VENV", tmp_path)
    monkeypatch.setattr(venv, "_runs", lambda *arguments: True)
    monkeypatch.setattr(venv, "run", lambda command, **_: calls.append(command))
    (tmp_path / "requirements.txt").write_text("a==1 --hash=sha256:x\n")
    for _ in range(2):
        venv.ensure(("requirements.txt",), root=tmp_path)
    assert len(calls) == 1
    assert "--require-hashes" in calls[0]
    (tmp_path / "requirements.txt").write_text("a==2 --hash=sha256:y\n")
    venv.ensure(("requirements.txt",), root=tmp_path)
    assert len(calls) == 2


def test_broken_install_leaves_no_stamp(tmp_path, monkeypatch):
    def fail(command, **_):
        raise Stop("no network")

    monkeypatch.setattr(venv, "VENV", tmp_path)
    monkeypatch.setattr(venv, "_runs", lambda *arguments: True)
    monkeypatch.setattr(venv, "run", fail)
    with pytest.raises(Stop):
        venv.ensure(("requirements.txt",), root=tmp_path)
    assert list(tmp_path.glob("*.stamp")) == []


def test_ordinary_user_is_given_the_one_line_to_run(monkeypatch):
    monkeypatch.setattr(system_parts.os, "geteuid", lambda: 1000)
    with pytest.raises(Stop) as stopped:
        system_parts.install({"libpango-1.0-0": "排版文字", "fontconfig": "查找字体"})
    line = str(stopped.value).splitlines()[-1].strip()
    assert line.startswith("sudo sh -c 'apt-get update && apt-get install -y")
    assert line.endswith("fontconfig libpango-1.0-0'")


def test_nothing_is_installed_when_nothing_is_missing(monkeypatch):
    monkeypatch.setattr(system_parts, "run", lambda *_, **__: pytest.fail("nothing had to be run"))
    system_parts.install({})
    assert system_parts.missing_for_documents() == {}
    monkeypatch.setattr(system_parts.ctypes.util, "find_library", lambda name: None)
    assert set(system_parts.missing_for_documents()) == {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"}


@pytest.mark.parametrize("entry", [{"../out.js": "a/b.js"}, {"out.js": "../../secret"}, {"/abs.js": "a"}, {"a": "/b"}])
def test_asset_list_cannot_leave_its_folders(entry):
    with pytest.raises(Stop, match="不允许的路径"):
        assets.vendor_list(json.dumps({"vendor": entry}))


def test_copied_assets_have_a_manifest_that_notices_changes(tmp_path):
    source, target = tmp_path / "modules", tmp_path / "vendor"
    (source / "lib").mkdir(parents=True)
    (source / "lib" / "a.css").write_text("a{}\n/*# sourceMappingURL=a.css.map */\n")
    (source / "lib" / "b.js").write_text("run();\n//# sourceMappingURL=b.js.map")
    listed = {"a.css": "lib/a.css", "js/b.js": "lib/b.js"}
    names = {*listed, "icons.svg"}
    assets.copy(source, target, listed, {"icons.svg": "<svg/>"})
    assert (target / "a.css").read_text() == "a{}\n"
    assert (target / "js" / "b.js").read_text() == "run();\n"
    assert assets.is_intact(target, names)
    assert not assets.is_intact(target, {*names, "c.js"})
    (target / "js" / "b.js").write_text("steal();")
    assert not assets.is_intact(target, names)
    assets.copy(source, target, {"a.css": "lib/a.css"}, {})
    assert sorted(path.name for path in target.iterdir()) == ["a.css", assets.MANIFEST]
    (target / "a.css").unlink()
    assert not assets.is_intact(target, {"a.css"})


def test_installed_assets_are_those_of_the_list():
    listed = assets.vendor_list((ROOT / "package.json").read_text(encoding="utf-8"))
    assert assets.is_intact(VENDOR, {*listed, assets.SPRITE})
    sums = json.loads((VENDOR / assets.MANIFEST).read_text(encoding="utf-8"))
    sprite = (VENDOR / assets.SPRITE).read_bytes()
    assert sums[assets.SPRITE] == hashlib.sha256(sprite).hexdigest()
    for name in icons.wanted(assets.ICON_NAMES.read_text(encoding="utf-8")):
        assert f'<symbol id="{name}"'.encode() in sprite


def test_unknown_icon_stops_the_build(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "NODE_MODULES", tmp_path)
    with pytest.raises(Stop, match="no-such-icon"):
        assets._sprite(["no-such-icon"])


def test_fontconfig_sees_our_folders_only_and_the_office_first(tmp_path):
    (tmp_path / "fonts" / "office").mkdir(parents=True)
    text = fonts.configuration(tmp_path / "fonts", tmp_path / "cache")
    assert text.index("office</dir>") < text.index("fonts</dir>")
    (tmp_path / "fonts.conf").write_text(text, encoding="utf-8")
    environment = {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "PATH": "/usr/bin:/bin"}
    empty = subprocess.run(["fc-list"], capture_output=True, text=True, env=environment)
    assert (empty.returncode, empty.stdout) == (0, "")


def test_image_files_can_be_read_by_the_user_that_serves_them(tmp_path):
    (tmp_path / "static" / "css").mkdir(parents=True, mode=0o700)
    (tmp_path / "static" / "css" / "a.css").touch(mode=0o600)
    build_image.open_for_reading(tmp_path / "static")
    assert (tmp_path / "static" / "css").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "static" / "css" / "a.css").stat().st_mode & 0o777 == 0o644


def test_every_font_role_is_installed_with_its_licence():
    variables = fonts.ensure()
    shown = subprocess.run(
        ["fc-list", ":", "family", "style"],
        capture_output=True,
        text=True,
        env={**variables, "PATH": "/usr/bin:/bin"},
    ).stdout
    for family in ("FandolFang", "FandolKai", "FandolHei", "FandolSong", "Noto Serif SC", "Noto Sans SC"):
        assert family in shown
    assert "Bold" not in shown, "Fandol's bold files claim a regular weight and must stay unseen"
    assert (fonts.FACE / "GWXiaoBiaoSong.otf").stat().st_size > 1_000_000
    assert (fonts.LICENCES / "NotoCJK-OFL.txt").is_file()
    assert [path for path in fonts.LICENCES.iterdir() if path.name.startswith(("COPYING", "README"))]
