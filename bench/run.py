"""Starts throw-away servers, seeds the demonstration, measures each part in a process of its own, prints and writes.

Runs with the standard library alone; what needs the product is in `bench.part`. A slow result is a result: the exit
code is non-zero only when a part could not be measured.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.facts import machine
from bench.table import as_text
from script.lib import assets, fonts, servers, system_parts, throwaway, venv
from script.lib.datafolder import DataFolder
from script.lib.environment import EXPORTED
from script.lib.paths import ROOT, VAR, VENV_PYTHON
from script.lib.product import Mode, Product, environment
from script.lib.say import say
from script.lib.supervisor import Supervisor, on_signals

_PORT = 8000  # only for addresses in mails; nothing listens there
_SECONDS = 290  # for everything after the set-up of packages and fonts
_SECONDS_WITH_ALL_DATA = 900
# Seconds a part may take on a slow machine; what is over is stopped and told.
PARTS = {"pages": 75, "pdf": 60, "sweep": 90, "imports": 160}
# Only when it is asked for: with the whole of its data it takes an hour and ten gigabytes.
LONG = {"scale": 5400, "rolls": 3600, "proof": 300, "desk": 900, "counting": 900}
_JSON = VAR / "bench.json"
_SHOWN_LINES = 12


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="script/bench", description="在一次性的数据库上测量各页面和后台工作的速度")
    parser.add_argument(
        "--json", type=Path, default=_JSON, metavar="文件", help="结果的 JSON 文件，默认 var/bench.json"
    )
    parser.add_argument(
        "--only", default=",".join(PARTS), metavar="部分", help=f"只测其中几项：{'、'.join([*PARTS, *LONG])}"
    )
    parser.add_argument(
        "--sizes",
        default="tenth,whole",
        metavar="规模",
        help="--only scale、rolls 时量到哪些规模：tenth（十分之一）、whole（全部）",
    )
    parser.add_argument("--townships", type=int, default=20, metavar="个数", help="--only rolls 时几个乡镇，默认 20")
    parser.add_argument("--full", action="store_true", help="装入全部演示数据（默认约三分之一），不再保证五分钟内完成")
    options = parser.parse_args(arguments)
    options.parts = [name for name in [*PARTS, *LONG] if name in options.only.split(",")]
    if not options.parts:
        parser.error(f"--only 可用：{'、'.join([*PARTS, *LONG])}")
    return options


def main(arguments: list[str]) -> int:
    """Set up, measure, tell; returns the exit code."""
    options = parse(arguments)
    on_signals()
    for name in EXPORTED:  # never the data of an installation, nor its servers
        os.environ.pop(name, None)
    return throwaway.run("bench", lambda data, supervisor: _bench(data, supervisor, options))


def _bench(data: DataFolder, supervisor: Supervisor, options: argparse.Namespace) -> int:
    venv.ensure()
    system_parts.install(system_parts.missing_for_documents())
    assets.ensure()
    font_variables = fonts.ensure()
    began = time.monotonic()
    data.prepare()
    running = servers.start(data, supervisor, throw_away=True)
    mode = Mode(_PORT, demo=True, demo_today=None)
    variables = environment(data, mode, running.addresses, font_variables) | {
        "PYTHONDONTWRITEBYTECODE": "1",
        "BENCH_SIZES": options.sizes,
        "BENCH_TOWNSHIPS": str(options.townships),
        "CONGRESS_STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }
    limit = _SECONDS if not options.full else _SECONDS_WITH_ALL_DATA
    results = {"machine": machine(ROOT), "seed": _seed(Product(data, variables), options.full), "parts": {}}
    for name in options.parts:
        left = limit - (time.monotonic() - began)
        say(f"测量 {name} …")
        seconds = LONG.get(name) or min(PARTS[name], left)
        results["parts"][name] = _measure(name, variables, seconds)
    results["seconds"] = round(time.monotonic() - began, 1)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(as_text(results), flush=True)
    say(f"结果已写入 {options.json}")
    return 1 if any("error" in part for part in results["parts"].values()) else 0


def _seed(product: Product, full: bool) -> dict[str, object]:
    product.manage("make_keys", what="生成密钥")
    product.manage("migrate", "--no-input", what="建立数据表")
    say("装入演示数据 …")
    began = time.monotonic()
    product.manage("seed_demo", *([] if full else ["--small"]), what="装入演示数据")
    return {"seconds": round(time.monotonic() - began, 1), "size": "全部" if full else "三分之一"}


def _measure(name: str, variables: dict[str, str], seconds: float) -> dict[str, object]:
    """What a part says of itself; `stopped` when the time was over, `error` when it could not be measured."""
    if seconds < 1:
        return {"stopped": "时间已用完，未测"}
    command = [str(VENV_PYTHON), "-m", "bench.part", name, f"{seconds:.0f}"]
    try:
        errors = None if name in LONG else subprocess.PIPE  # who waits for an hour sees how far it is
        done = subprocess.run(
            command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=errors, text=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return {"stopped": f"超过{seconds:.0f}秒，已停止"}
    if done.returncode != 0:
        return {"error": "\n".join((done.stderr or "").strip().splitlines()[-_SHOWN_LINES:])}
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
