"""Runs the servers and the product's processes together; restarts what dies; leaves nothing behind."""

import signal
import sys
import threading
import time
from dataclasses import dataclass, field

from script.lib.children import Child, Sink
from script.lib.say import say, show

_STEADY_SECONDS = 60.0  # a child that lived this long starts again without delay
_LONGEST_DELAY = 60.0
_TURN_SECONDS = 0.3


class Leave(Exception):
    """Somebody asked to stop (Ctrl-C or a signal)."""


def restart_delay(failures: int) -> float:
    """Seconds to wait before the next start after so many quick deaths in a row: 1, 2, 4 … at most a minute."""
    return min(_LONGEST_DELAY, 2.0 ** max(0, failures - 1))


def terminal_sink() -> Sink:
    """A sink that prints `name | line` on standard output, one whole line at a time."""
    lock = threading.Lock()

    def write(name: str, line: str) -> None:
        with lock:
            show(f"{name:<8} | {line}", sys.stdout)

    return write


def on_signals() -> None:
    """Turn Ctrl-C, SIGTERM and a closed terminal into the exception Leave in the main thread."""

    def leave(number: int, frame: object) -> None:
        raise Leave(signal.Signals(number).name)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


@dataclass
class Supervisor:
    """The children by order of start; `sink` receives their output."""

    sink: Sink
    children: list[Child] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    due: dict[str, float] = field(default_factory=dict)

    def start(self, child: Child) -> Child:
        """Start a child and look after it from now on."""
        self.children.append(child)
        child.start(self.sink)
        return child

    def watch(self) -> None:
        """Look after the children until a signal raises Leave."""
        while True:
            self.turn(time.monotonic())
            time.sleep(_TURN_SECONDS)

    def turn(self, now: float) -> None:
        """One look: take leave of errands that are done, note who died, start again whose delay is over."""
        for child in list(self.children):
            if child.is_alive():
                continue
            if child.is_done():
                self._dismiss(child)
            elif child.name not in self.due:
                self._note_death(child, now)
            elif now >= self.due[child.name]:
                del self.due[child.name]
                child.start(self.sink)

    def _dismiss(self, errand: Child) -> None:
        self.children.remove(errand)
        errand.finish(time.monotonic())
        if errand.then is not None:
            errand.then()

    def _note_death(self, child: Child, now: float) -> None:
        code = child.process.returncode if child.process else "?"
        child.kill_group()
        steady = now - child.started_at >= _STEADY_SECONDS
        self.failures[child.name] = 1 if steady else self.failures.get(child.name, 0) + 1
        delay = restart_delay(self.failures[child.name])
        self.due[child.name] = now + delay
        say(f"{child.name} 意外退出（代码 {code}），{delay:.0f} 秒后重新启动")

    def stop(self) -> None:
        """Stop the processes, then the servers they need; further signals do not disturb it."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for stage in sorted({child.stage for child in self.children}, reverse=True):
            group = [child for child in self.children if child.stage == stage]
            for child in group:
                child.ask_to_stop()
            start = time.monotonic()
            for child in group:
                child.finish(start + child.grace)
        self.children.clear()
