"""Tables on their way in: uploaded, looked at row by row, taken (all or the good rows), and taken back if need be.

An app says in its `imports.py` what a table is (a subclass of `ImportKind`) and registers it; uploading, mapping of
columns, preview, background work, undoing and the pages are the same for all.
"""

from congress.imports import units, work  # noqa: F401  register themselves
from congress.imports.batches import drop, drop_stale, preview_of, take, undo, upload, what_holds
from congress.imports.kinds import Held, ImportKind, Taken, UploadForm, kind_of, kinds, register, state_of
from congress.imports.ledgers import Ledger
from congress.imports.records import RecordKind, dependants_of, expected_versions

__all__ = [
    "Held",
    "ImportKind",
    "Ledger",
    "RecordKind",
    "Taken",
    "UploadForm",
    "dependants_of",
    "drop",
    "drop_stale",
    "expected_versions",
    "kind_of",
    "kinds",
    "preview_of",
    "register",
    "state_of",
    "take",
    "undo",
    "upload",
    "what_holds",
]
