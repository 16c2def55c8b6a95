"""Parsers of foreign files run in a process of their own, with little memory, little time and no secrets.

A parser that is led to eat memory or to loop then dies alone, and the person gets a plain sentence. The child gets the
file on its standard input and answers with one line of JSON and the result; it inherits no environment (no keys, no
database address), and before it looks at the file it gives up opening anything: no file, no socket, no program.
"""

import codecs
import importlib
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .refusal import UploadRefused

MEMORY = 1024**3  # address space of the child, bytes
SECONDS = 30  # wall clock and processor time
MAX_ANSWER = 256 * 1024**2
# Only these functions can be asked for: (bytes, **options) -> (JSON-able head, bytes).
TASKS = {
    "image": "congress.uploads.images:reencode",
    "pdf": "congress.uploads.pdfs:inspect",
    "workbook": "congress.spreadsheets.extract:extract",
}
CODECS = "cp437 ascii latin-1 utf-8 utf-16 utf-16-le utf-16-be gb18030 gbk cp936 cp1252 mac-roman".split()
_ROOT = Path(__file__).resolve().parents[2]


def run(task: str, data: bytes, *, seconds: int = SECONDS, memory: int = MEMORY, **options) -> tuple[dict, bytes]:
    """Run one task on the data and return its head and its bytes.

    Raises UploadRefused with the parser's own reason, or "too_slow", "unpacks_too_large", "unreadable" when the child
    ran out of time, out of memory, or failed.
    """
    command = [
        sys.executable,
        "-P",
        "-m",
        "congress.uploads.sandbox",
        task,
        str(seconds),
        str(memory),
        json.dumps(options),
    ]
    environment = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        raise UploadRefused("too_slow", "文件太复杂，读了很久也没读完。请拆成几个小文件，或另存后再上传") from None
    if done.returncode == 0 and done.stdout:
        return understood(done.stdout)
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise UploadRefused("unpacks_too_large", "文件展开后过大，读不下来。请拆成几个小文件，或另存后再上传")
    raise UploadRefused("unreadable", "文件打不开，可能已损坏。请用原来的软件打开、另存后再上传")


def answer(work: Callable[..., tuple[dict, bytes]], data: bytes, options: dict) -> bytes:
    """What the child writes for the result of a task: its head as a line of JSON, and its bytes."""
    try:
        head, body = work(data, **options)
        if len(body) > MAX_ANSWER:
            raise UploadRefused("unpacks_too_large", "文件展开后过大，读不下来。请拆成几个小文件")
    except UploadRefused as refused:
        head, body = {"refused": refused.code, "message": refused.message}, b""
    return json.dumps(head).encode() + b"\n" + body


def understood(written: bytes) -> tuple[dict, bytes]:
    """Head and bytes of what the child wrote. Raises UploadRefused with the parser's own reason."""
    line, _, body = written.partition(b"\n")
    head = json.loads(line)
    if "refused" in head:
        raise UploadRefused(head["refused"], head["message"])
    return head, body


def task_of(task: str) -> Callable[..., tuple[dict, bytes]]:
    """The function of a task, imported. Raises KeyError for one that is not on the list."""
    module, function = TASKS[task].split(":")
    return getattr(importlib.import_module(module), function)


def _limit(seconds: int, memory: int) -> None:
    """Give up what a parser does not need. The child is the user of the web server, who may read the key files: without
    a single further descriptor (what is open already stays open) there is nothing to read them with."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def main(task: str, seconds: str, memory: str, options: str) -> None:
    """Be the child: read the file, run the task, answer. A failure ends the process with a code other than 0."""
    work = task_of(task)
    for name in CODECS:  # loaded from files when they are first asked for
        codecs.lookup(name)
    _limit(int(seconds), int(memory))
    sys.stdout.buffer.write(answer(work, sys.stdin.buffer.read(), json.loads(options)))


if __name__ == "__main__":
    main(*sys.argv[1:])
