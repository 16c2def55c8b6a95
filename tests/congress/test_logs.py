"""The log says where a fault is; who it was about it does not."""

import logging
import uuid

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from congress.celery import app
from congress.guard.action import action
from congress.logs import PlainFormatter
from tests.cast import SET_UP


def raised_again(act) -> None:
    try:
        act()
    except DatabaseError as error:
        raise ValueError("not written") from error


def logged(act) -> str:
    """What the log would hold of a fault that is raised again by whoever called."""
    with pytest.raises(ValueError) as caught:
        raised_again(act)
    error = caught.value
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "fault", (), (type(error), error, error.__traceback__))
    return PlainFormatter("%(message)s").format(record)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO congress_unit (id, township_id, name) SELECT gen_random_uuid(), id, E'曾\\n田' FROM congress_township",
        "SELECT 1 FROM congress_unit WHERE id = '曾\n田'",
        "SELECT 1 FROM congress_unit WHERE name = '曾田' AND nothing = '13800138000'",
        "SELECT '曾田'::date",
    ],
)
def test_a_fault_of_the_database_is_told_without_row_and_statement(world, statement):
    def execute():
        with world.in_township(), action(SET_UP, actor=None), connection.cursor() as cursor:
            cursor.execute(statement)

    with transaction.atomic():
        text = logged(execute)
    assert "Traceback" in text
    assert "ValueError: not written" in text
    assert [word for word in ("曾", "田", "13800138000") if word in text] == []


def test_what_was_typed_is_not_told_and_numbers_are_masked():
    typed = "".join(("曾", "138", "00138000x"))
    text = logged(lambda: int(typed))
    assert "ValueError: invalid literal" in text
    assert "曾138" not in text
    record = logging.LogRecord("x", logging.WARNING, __file__, 1, "asked for %s", ("/t/?q=138 - 0013 - 8000",), None)
    assert PlainFormatter("%(message)s").format(record) == "asked for /t/?q=138****8000"


def test_pages_and_worker_log_so():
    root = logging.getLogger()
    ours = [one for one in root.handlers if isinstance(one.formatter, PlainFormatter)]
    assert ours
    assert settings.LOGGING["formatters"]["line"]["()"] == "congress.logs.PlainFormatter"
    assert app.conf.worker_hijack_root_logger is False


def test_a_key_of_a_record_stays_readable():
    key = uuid.UUID("5f0c1a2b-77aa-4c3d-a138-00138000ffff")
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "job %s failed", (key,), None)
    assert str(key) in PlainFormatter("%(message)s").format(record)
