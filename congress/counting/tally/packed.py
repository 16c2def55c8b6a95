"""Files packed so that the same state gives the same bytes: JSON in one way of writing, a manifest of hashes, a zip without times.

When a bundle was made stands nowhere in it, and neither does who asked: both are told by the trail.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

FORMAT = "election-proof-1"
MANIFEST = "manifest.json"
ALWAYS = (1980, 1, 1, 0, 0, 0)  # the time of every file: the first a zip can hold


def canonical(value: Any) -> bytes:
    """A JSON value in the one way it is written: keys sorted, nothing between, Chinese as it is, one line."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def with_manifest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """These files and the manifest that names each with its SHA-256."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return {**files, MANIFEST: canonical({"format": FORMAT, "files": digests})}


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files and of their manifest; nothing is compressed, because compressors differ from machine to machine."""
    held = with_manifest(files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as made:
        for name in sorted(held):
            entry = zipfile.ZipInfo(name, ALWAYS)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as one machine writes it, so do all
            made.writestr(entry, held[name])
    return buffer.getvalue()


def fingerprint(bundle: bytes) -> str:
    """The SHA-256 of a bundle's manifest, in which every other file has its own."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as held:
        return hashlib.sha256(held.read(MANIFEST)).hexdigest()


def number_of_files(bundle: bytes) -> int:
    """How many files a bundle holds."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as held:
        return len(held.namelist())
