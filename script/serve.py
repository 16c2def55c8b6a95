"""Set up what is missing and run the product with its database and queue; see `script/server --help`."""

import os
import sys
import time
from dataclasses import replace

from script.lib import assets, fonts, servers, system_parts, venv
from script.lib.children import Child
from script.lib.datafolder import DataFolder, Lock
from script.lib.environment import export_lines
from script.lib.handover import processes_account
from script.lib.listening import arrange, check_place, told
from script.lib.options import Options, parse
from script.lib.ports import LOOPBACK
from script.lib.product import Mode, Product, environment
from script.lib.say import Stop, say
from script.lib.secretfiles import write_private
from script.lib.supervisor import Leave, Supervisor, on_signals, terminal_sink
from script.lib.unit import unit

_ANSWER_SECONDS = 60
_LOOK_SECONDS = 0.1


def main(arguments: list[str]) -> int:
    """Run with these options until told to stop; returns the exit code."""
    options = parse(arguments)
    if options.unit:
        print(unit(options), end="", flush=True)
        return 0
    data = DataFolder(options.data)
    lock = Lock(data)
    supervisor = Supervisor(terminal_sink())
    on_signals()
    try:
        data.prepare()
        lock.take()
        _run(options, data, lock, supervisor)
    except Stop as reason:
        say(f"停止：{reason}")
        return 1
    except Leave:
        say("正在停止 …")
    finally:
        supervisor.stop()
        lock.release()
    say("已停止，数据保存在 " + str(data.root))
    return 0


def _run(options: Options, data: DataFolder, lock: Lock, supervisor: Supervisor) -> None:
    if not options.servers_only and not options.prepare_only:
        check_place(options.listen or LOOPBACK, options.port)
    product = _set_up(options, data, supervisor)
    if options.servers_only:
        print(export_lines(product.variables), end="", flush=True)
        say("数据库和 Redis 在运行，按 Ctrl-C 停止")
        supervisor.watch()
    product.prepare(law=options.law)
    if options.prepare_only:
        _at_once(product.errands(demo=options.demo), supervisor)
        say("准备完毕")
        return
    product = replace(product, account=processes_account(data, product.variables, options.port))
    web, *others = product.children(options.port)
    supervisor.start(web)
    _announce(product, options.port, lock, supervisor)
    # The page is up: what only works behind it starts now, so that it does not wait for them.
    for child in [*others, *product.errands(demo=options.demo)]:
        supervisor.start(child)
    supervisor.watch()


def _at_once(errands: list[Child], supervisor: Supervisor) -> None:
    """Do the errands now. Raises Stop when one fails."""
    for errand in errands:
        supervisor.start(errand)
    while any(errand.is_alive() for errand in errands):
        time.sleep(_LOOK_SECONDS)
    for errand in errands:
        if not errand.is_done():
            raise Stop(f"{errand.name} 没有完成，原因见上面它的输出")
    supervisor.turn(time.monotonic())


def _set_up(options: Options, data: DataFolder, supervisor: Supervisor) -> Product:
    """Everything below the product: packages, fonts, assets, servers."""
    venv.ensure()
    listening = arrange(options, data)
    if not options.servers_only:
        system_parts.install(system_parts.missing_for_documents())
        assets.ensure()
    font_variables = fonts.ensure()
    running = servers.start(data, supervisor, throw_away=options.for_tests)
    mode = Mode(options.port, options.demo, options.demo_today)
    variables = environment(data, mode, running.addresses, font_variables)
    if listening:
        variables |= listening.variables(os.environ)
    write_private(data.environment, export_lines(variables))
    return Product(data, variables, listening=listening)


def _announce(product: Product, port: int, lock: Lock, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + _ANSWER_SECONDS
    while not product.first_answer(port):
        supervisor.turn(time.monotonic())
        if time.monotonic() > deadline:
            say("网页服务一分钟内没有应答，原因见上面 web 的输出；仍在继续尝试")
            return
        time.sleep(_LOOK_SECONDS)
    address = f"{product.variables['SITE_URL']}/"
    lock.note(address)
    say(told(product.listening) if product.listening else f"系统已启动，请用浏览器打开 {address} （按 Ctrl-C 停止）")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
