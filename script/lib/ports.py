"""Loopback ports of the embedded servers: the same at every start while they are free."""

import json
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def remembered(file: Path, name: str) -> int:
    """The port kept under this name, or a free one (kept for next time) when there is none or it is taken."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    port = kept.get(name)
    if not isinstance(port, int) or not is_free(port):
        port = _any_free()
        kept[name] = port
        file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return port
