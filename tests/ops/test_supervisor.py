"""Children are restarted when they die and none is left behind; tried on real processes."""

import os
import signal
import subprocess
import sys
import time

import pytest

from script.lib.children import Child
from script.lib.paths import ROOT
from script.lib.supervisor import Supervisor, restart_delay

# Ignores nothing, starts a grandchild, says its number, and waits.
PARENT = """
import subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(grandchild.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def supervisor(monkeypatch):
    lines = []
    made = Supervisor(lambda name, line: lines.append((name, line)))
    made.lines = lines
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield made
    made.stop()
    for number, handler in kept.items():
        signal.signal(number, handler)


def child(tmp_path, code, **more):
    return Child("sample", [sys.executable, "-u", "-c", code], dict(os.environ), tmp_path, **more)


def wait_for(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def exists(pid):
    """Whether the process runs; one that ended but was not yet collected by its parent counts as gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_delay_doubles_up_to_a_minute():
    assert [restart_delay(count) for count in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_output_is_handed_on_by_line_and_routine_is_left_out(supervisor, tmp_path):
    import re

    code = "print('启动'); print('routine notice'); import sys; sys.stderr.write('bad\\n')"
    started = supervisor.start(child(tmp_path, code, routine=re.compile("routine")))
    wait_for(lambda: not started.is_alive())
    wait_for(lambda: ("sample", "bad") in supervisor.lines)
    assert ("sample", "启动") in supervisor.lines
    assert not [line for _, line in supervisor.lines if "routine" in line]


def test_dead_child_is_restarted_after_its_delay(supervisor, tmp_path, capsys):
    started = supervisor.start(child(tmp_path, "import time; time.sleep(60)"))
    first = started.process.pid
    started.process.kill()
    started.process.wait()
    now = time.monotonic()
    supervisor.turn(now)
    assert "sample 意外退出（代码 -9），1 秒后重新启动" in capsys.readouterr().err
    supervisor.turn(now + 0.9)
    assert not started.is_alive()
    supervisor.turn(now + 1.1)
    assert started.is_alive()
    assert started.process.pid != first


def test_child_that_dies_at_once_waits_longer_each_time(supervisor, tmp_path):
    started = supervisor.start(child(tmp_path, "raise SystemExit(3)"))
    delays, now = [], time.monotonic()
    for _ in range(3):
        wait_for(lambda: not started.is_alive())
        supervisor.turn(now)
        delays.append(supervisor.due["sample"] - now)
        now = supervisor.due["sample"]
        supervisor.turn(now)
    assert delays == [1, 2, 4]


def test_long_life_forgives_earlier_deaths(supervisor, tmp_path):
    started = supervisor.start(child(tmp_path, "raise SystemExit(0)"))
    wait_for(lambda: not started.is_alive())
    supervisor.failures["sample"] = 5
    supervisor.turn(started.started_at + 61)
    assert supervisor.failures["sample"] == 1


def test_an_errand_that_ends_well_is_done_and_one_that_does_not_is_tried_again(supervisor, tmp_path):
    done = []
    code = "from pathlib import Path; first = not Path('ran').exists(); Path('ran').touch(); raise SystemExit(first)"
    errand = supervisor.start(child(tmp_path, code, then=lambda: done.append(True)))
    wait_for(lambda: not errand.is_alive())
    now = time.monotonic()
    supervisor.turn(now)
    assert not done
    supervisor.turn(now + 1.1)
    wait_for(lambda: not errand.is_alive())
    supervisor.turn(now + 1.2)
    assert done == [True]
    assert supervisor.children == []


def test_stop_ends_the_child_and_what_it_started(supervisor, tmp_path):
    started = supervisor.start(child(tmp_path, PARENT))
    wait_for(lambda: supervisor.lines)
    grandchild = int(supervisor.lines[0][1])
    assert exists(grandchild)
    supervisor.stop()
    assert not started.is_alive()
    wait_for(lambda: not exists(grandchild))


def test_child_that_will_not_stop_is_killed_after_its_grace(supervisor, tmp_path):
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready'); time.sleep(60)"
    started = supervisor.start(child(tmp_path, code, grace=0.3))
    wait_for(lambda: supervisor.lines)
    supervisor.stop()
    assert started.process.returncode == -signal.SIGKILL


def test_processes_stop_before_the_servers_they_need(supervisor, tmp_path):
    code = "import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *a: sys.exit(print('end')))\nprint('up')\n"
    code += "while True: time.sleep(0.05)"
    server, process = child(tmp_path, code, stage=0), child(tmp_path, code)
    server.name, process.name = "server", "process"
    supervisor.start(server)
    supervisor.start(process)
    wait_for(lambda: len(supervisor.lines) == 2)
    supervisor.stop()
    assert [name for name, line in supervisor.lines if line == "end"] == ["process", "server"]


def test_output_without_a_reader_stops_nothing():
    code = """
import sys, time
from script.lib.supervisor import terminal_sink
write = terminal_sink()
write("web", "first")
sys.stdin.readline()
for number in range(20000):
    write("web", f"line {number}")
sys.stderr.write("still here")
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code], text=True, env=environment, **pipes) as writer:
        assert writer.stdout.readline() == "web      | first\n"
        writer.stdout.close()
        writer.stdin.write("go\n")
        writer.stdin.flush()
        assert writer.stderr.read() == "still here"
        assert writer.wait() == 0


def test_child_dies_with_a_killed_supervisor(tmp_path):
    code = f"""
import os, sys, time
from pathlib import Path
from script.lib.children import Child
made = Child("x", [sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ), Path({str(tmp_path)!r}))
made.start(lambda name, line: None)
print(made.process.pid, flush=True)
time.sleep(60)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        pid = int(parent.stdout.readline())
        assert exists(pid)
        parent.kill()
    wait_for(lambda: not exists(pid))
