"""Options of script/server."""

import argparse
import datetime
from dataclasses import dataclass
from pathlib import Path

from script.lib.paths import ROOT

_DEFAULT_PORT = 8000


@dataclass(frozen=True)
class Options:
    """What the caller asked for."""

    data: Path
    port: int
    demo: bool
    demo_today: str | None
    prepare_only: bool
    servers_only: bool
    for_tests: bool


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("端口是 1 到 65535 的整数")
    return int(text)


def _day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError("日期写作 2026-03-01") from None


def parser() -> argparse.ArgumentParser:
    """The command line of script/server."""
    made = argparse.ArgumentParser(prog="script/server", description="安装所需的部件并运行系统（仅限本机访问）。")
    made.add_argument("--data", type=Path, default=ROOT / "var", help="数据目录（默认：本目录下的 var）")
    made.add_argument("--port", type=_port, default=_DEFAULT_PORT, help="网页端口（默认 8000）")
    made.add_argument("--no-demo", action="store_true", help="不装入演示数据，用于正式使用")
    made.add_argument("--demo-today", type=_day, metavar="YYYY-MM-DD", help="演示时把这一天当作今天")
    made.add_argument("--prepare-only", action="store_true", help="只安装和准备，不提供服务")
    made.add_argument("--servers-only", action="store_true", help="只运行数据库和 Redis，并打印连接所需的环境变量")
    made.add_argument(
        "--for-tests", action="store_true", help="数据库不求断电安全，允许测试清空数据表；与 --servers-only 同用"
    )
    return made


def parse(arguments: list[str]) -> Options:
    """Read the command line; ends the process with a message when it makes no sense."""
    command_line = parser()
    given = command_line.parse_args(arguments)
    if given.no_demo and given.demo_today:
        command_line.error("--demo-today 只能用于演示，不能与 --no-demo 同用")
    if given.prepare_only and given.servers_only:
        command_line.error("--prepare-only 与 --servers-only 只能选一个")
    if given.for_tests and not given.servers_only:
        command_line.error("--for-tests 要与 --servers-only 同用")
    return Options(
        data=given.data.expanduser().resolve(),
        port=given.port,
        demo=not given.no_demo,
        demo_today=given.demo_today,
        prepare_only=given.prepare_only,
        servers_only=given.servers_only,
        for_tests=given.for_tests,
    )
