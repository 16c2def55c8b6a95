"""A start does before the first page what the page needs, and the rest beside it."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from congress.guard.standing import is_behind
from congress.management.commands import prepare
from script.lib.datafolder import DataFolder
from script.lib.ports import LOOPBACK
from script.lib.product import BEHIND, FIRST_PAGE, Product
from tests.conftest import logged_in_as_owner


class Refusing(BaseHTTPRequestHandler):
    """A server that is up and dislikes what it is asked."""

    asked: list[str] = []

    def do_GET(self):
        """Refuse."""
        self.asked.append(self.path)
        self.send_error(400)

    def log_message(self, *args):
        """Say nothing."""


def test_a_page_that_is_refused_is_an_answer_and_a_closed_port_none(tmp_path):
    product = Product(DataFolder(tmp_path), {})
    with HTTPServer((LOOPBACK, 0), Refusing) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        assert product.first_answer(server.server_port)
    assert Refusing.asked == [FIRST_PAGE]
    assert not product.first_answer(server.server_port)


def test_a_demonstration_is_filled_beside_the_page_until_it_is_whole(tmp_path):
    data = DataFolder(tmp_path)
    product = Product(data, {"DATABASE_URL": "x", "DATABASE_OWNER_URL": "secret"})
    (filling,) = product.errands(demo=True)
    assert filling.command[-1] == "seed_demo"
    assert "DATABASE_OWNER_URL" not in filling.environment
    filling.then()
    for demo in (True, False):
        (derive,) = product.errands(demo=demo)
        assert derive.command[-3:] == ["check_summaries", "--stale", "--mend"]


def test_a_start_that_finds_all_as_it_was_asks_in_one_process(world):
    said = StringIO()
    call_command("prepare", stdout=said)
    assert BEHIND == prepare.BEHIND
    assert BEHIND not in said.getvalue()
    assert "已锚定" in said.getvalue()


@pytest.mark.parametrize(
    "statement",
    [
        "COMMENT ON FUNCTION guard_require_action() IS 'of another version'",
        "DELETE FROM django_migrations WHERE app = 'reports'",
        "DROP TRIGGER guard_action ON deputies_group",
    ],
)
def test_tables_that_are_not_as_this_version_has_them_are_to_be_migrated(transactional_db, statement):
    assert not is_behind()
    said = StringIO()
    with logged_in_as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        call_command("prepare", stdout=said)
        transaction.set_rollback(True)
    assert said.getvalue().splitlines()[-1] == BEHIND
