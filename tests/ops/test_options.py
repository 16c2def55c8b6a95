"""The command line of script/server."""

from pathlib import Path

import pytest

from script.lib.options import arguments, parse
from script.lib.paths import ROOT


def test_defaults_serve_the_demo_from_the_checkout():
    options = parse([])
    assert (options.data, options.port, options.demo, options.demo_today) == (ROOT / "var", 8000, True, None)
    assert not options.prepare_only
    assert not options.servers_only


def test_data_folder_is_taken_from_where_the_caller_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert parse(["--data", "here"]).data == tmp_path / "here"
    assert parse(["--data", "~/there"]).data == Path.home() / "there"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "0"],
        ["--port", "65536"],
        ["--port", "abc"],
        ["--demo-today", "2026-02-30"],
        ["--demo-today", "20260301x"],
        ["--no-demo", "--demo-today", "2026-03-01"],
        ["--prepare-only", "--servers-only"],
        ["--for-tests"],
        ["--unknown"],
        ["--listen", "hall.example"],
        ["--listen", "192.168.1"],
        ["--listen", "0.0.0.0", "--certificate", "a.crt"],
        ["--listen", "0.0.0.0", "--key", "a.key"],
        ["--certificate", "a.crt", "--key", "a.key"],
        ["--listen", "0.0.0.0", "--servers-only"],
        ["--law", "/", "--servers-only"],
        ["--law", "no-such-folder"],
    ],
)
def test_senseless_command_line_ends_with_a_message(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        parse(arguments)
    assert ended.value.code == 2
    assert "script/server" in capsys.readouterr().err


def test_options_are_passed_on():
    options = parse(["--port", "8123", "--demo-today", "2026-03-01"])
    assert (options.port, options.demo_today) == (8123, "2026-03-01")
    assert not parse(["--no-demo"]).demo
    assert parse(["--servers-only", "--for-tests"]).for_tests


def test_options_written_out_again_are_the_same(tmp_path):
    given = ["--listen", "::", "--certificate", "a.crt", "--key", "a.key", "--no-demo", "--port", "8443"]
    for words in (given, ["--data", str(tmp_path), "--demo-today", "2026-03-01"], []):
        options = parse(words)
        assert parse(arguments(options)) == options
        assert all(not word.endswith((".crt", ".key")) or word.startswith("/") for word in arguments(options))
