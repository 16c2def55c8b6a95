"""Options of script/server."""

import argparse
import datetime
import ipaddress
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
    listen: str | None = None
    certificate: Path | None = None
    key: Path | None = None
    unit: bool = False
    law: Path | None = None


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("端口是 1 到 65535 的整数")
    return int(text)


def _day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError("日期写作 2026-03-01") from None


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise argparse.ArgumentTypeError(
            "--listen 后面写本机的地址，例如 192.168.1.20；写 0.0.0.0 表示本机的全部地址"
        ) from None


def parser() -> argparse.ArgumentParser:
    """The command line of script/server."""
    made = argparse.ArgumentParser(
        prog="script/server", description="安装所需的部件并运行系统；不加 --listen 时仅限本机访问。"
    )
    made.add_argument("--data", type=Path, default=ROOT / "var", help="数据目录（默认：本目录下的 var）")
    made.add_argument("--port", type=_port, default=_DEFAULT_PORT, help="网页端口（默认 8000）")
    made.add_argument("--no-demo", action="store_true", help="不装入演示数据，用于正式使用")
    made.add_argument("--demo-today", type=_day, metavar="YYYY-MM-DD", help="演示时把这一天当作今天")
    made.add_argument("--prepare-only", action="store_true", help="只安装和准备，不提供服务")
    made.add_argument("--servers-only", action="store_true", help="只运行数据库和 Redis，并打印连接所需的环境变量")
    made.add_argument(
        "--for-tests", action="store_true", help="数据库不求断电安全，允许测试清空数据表；与 --servers-only 同用"
    )
    made.add_argument(
        "--listen", type=_address, metavar="ADDRESS", help="也供其他电脑和手机访问（HTTPS）：本机的地址，0.0.0.0 为全部"
    )
    made.add_argument(
        "--certificate", type=Path, metavar="FILE", help="HTTPS 证书（PEM，含中间证书）；不给则自建根证书"
    )
    made.add_argument("--key", type=Path, metavar="FILE", help="证书的私钥（PEM，不带密码）")
    made.add_argument(
        "--law", type=Path, metavar="DIR", help="装入这个文件夹里的法律原文（.md、.txt）；以后启动不必再写"
    )
    made.add_argument("--unit", action="store_true", help="只打印 systemd 服务文件，随开机启动，不做别的")
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
    if bool(given.certificate) != bool(given.key):
        command_line.error("--certificate 和 --key 要一起写：一个是证书，一个是它的私钥")
    if given.certificate and not given.listen:
        command_line.error("--certificate 要与 --listen 同用；只在本机访问时不需要证书")
    if given.servers_only and (given.listen or given.unit or given.law):
        command_line.error("--servers-only 不能与 --listen、--unit、--law 同用")
    if given.law and not given.law.expanduser().is_dir():
        command_line.error(f"--law 后面写存放法律原文的文件夹；没有找到 {given.law}")
    return Options(
        data=given.data.expanduser().resolve(),
        port=given.port,
        demo=not given.no_demo,
        demo_today=given.demo_today,
        prepare_only=given.prepare_only,
        servers_only=given.servers_only,
        for_tests=given.for_tests,
        listen=given.listen,
        certificate=given.certificate and given.certificate.expanduser().resolve(),
        key=given.key and given.key.expanduser().resolve(),
        unit=given.unit,
        law=given.law and given.law.expanduser().resolve(),
    )


def arguments(options: Options) -> list[str]:
    """The command line that asks for serving with these options, every path in full. Texts of law were loaded once and are
    kept in the data folder: no later start needs the folder they came from."""
    valued = {
        "--data": options.data,
        "--port": options.port,
        "--listen": options.listen,
        "--certificate": options.certificate,
        "--key": options.key,
        "--demo-today": options.demo_today,
    }
    words = [word for name, value in valued.items() if value is not None for word in (name, str(value))]
    return [*words, *([] if options.demo else ["--no-demo"])]
