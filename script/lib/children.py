"""A supervised process: started in a session of its own, its output prefixed, stopped with all it started."""

import ctypes
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from script.lib.account import Account

Sink = Callable[[str, str], None]
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


def _die_with_parent(number: int) -> Callable[[], None]:
    """Run in the new process: ask the kernel to send it this signal should the supervisor itself be killed."""
    parent = os.getpid()

    def prepare() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


@dataclass
class Child:
    """What to run and how to stop it. `stage` 0 are servers, 1 are processes that need them."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    account: Account | None = None
    stop_signal: str = "SIGTERM"
    stage: int = 1
    grace: float = 25.0  # seconds between the stop signal and SIGKILL
    routine: re.Pattern[str] | None = None  # lines of its output that are not worth showing
    then: Callable[[], None] | None = None  # for an errand, which is done when it ends well: what to do then
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started_at: float = 0.0  # on the monotonic clock
    _pump: threading.Thread | None = field(default=None, repr=False)

    def start(self, sink: Sink) -> None:
        """Start it. Must be called from the main thread: the kernel ties the parent's death to the thread."""
        number = getattr(signal, self.stop_signal)
        extra = self.account.popen() if self.account else {}
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent(number),
            **extra,
        )
        self.started_at = time.monotonic()
        self._pump = threading.Thread(target=self._copy_output, args=(self.process, sink), daemon=True)
        self._pump.start()

    def _copy_output(self, process: subprocess.Popen[bytes], sink: Sink) -> None:
        if process.stdout is None:
            return
        with process.stdout as output:
            for line in output:
                text = line.decode("utf-8", "replace").rstrip()
                if self.routine is None or not self.routine.search(text):
                    sink(self.name, text)

    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def is_done(self) -> bool:
        """Whether it was an errand and has ended well."""
        return self.then is not None and self.process is not None and self.process.poll() == 0

    def ask_to_stop(self) -> None:
        """Send the stop signal; a process that is gone already needs none."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(getattr(signal, self.stop_signal))

    def finish(self, deadline: float) -> None:
        """Wait until the deadline (monotonic seconds), then kill; ends whatever it left in its group too."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.kill_group()
            self.process.wait()
        self.kill_group()
        if self._pump is not None:
            self._pump.join(timeout=2)

    def kill_group(self) -> None:
        """Kill every process left in this child's group; does nothing when there is none."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return  # the usual case: nobody is left
