"""Models of the shared kernel."""

from congress.models.account_request import AccountRequest
from congress.models.audit import AuditAnchor, AuditEvent, ChainHead, RowHistory, RowState
from congress.models.channel import Channel
from congress.models.delegation import Delegation
from congress.models.document import Attachment, Document, NumberSequence, SignedCopy, StoredFile
from congress.models.due import DueDay, Grounds
from congress.models.erasure import Erasure
from congress.models.first_day import TaskPutOff
from congress.models.job import ImportBatch, ImportPiece, ImportRow, Job
from congress.models.outbox import Delivery, Message
from congress.models.people import ADMINISTRATORS, TOWNSHIP_ROLES, DataKey, Membership, Role, User
from congress.models.places import NEAREST, Category, CategoryPast, County, Holiday, Township, Unit
from congress.models.publication import Publication
from congress.models.sealed import PrintedPaper, SlipBatch
from congress.models.turned_away import TurnedAway

__all__ = [
    "ADMINISTRATORS",
    "NEAREST",
    "TOWNSHIP_ROLES",
    "AccountRequest",
    "Attachment",
    "AuditAnchor",
    "AuditEvent",
    "Category",
    "CategoryPast",
    "ChainHead",
    "Channel",
    "County",
    "DataKey",
    "Delegation",
    "Delivery",
    "Document",
    "DueDay",
    "Erasure",
    "Grounds",
    "Holiday",
    "ImportBatch",
    "ImportPiece",
    "ImportRow",
    "Job",
    "Membership",
    "Message",
    "NumberSequence",
    "PrintedPaper",
    "Publication",
    "Role",
    "RowHistory",
    "RowState",
    "SignedCopy",
    "SlipBatch",
    "StoredFile",
    "TaskPutOff",
    "Township",
    "TurnedAway",
    "Unit",
    "User",
]
