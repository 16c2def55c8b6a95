"""Database and cast of the tests: migrated as the owner, run as the runtime role, on real PostgreSQL and Redis."""

import contextlib
import gc
import io
import os
import uuid
from itertools import islice

import psycopg
import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import override_settings, setup_databases, teardown_databases
from hypothesis import settings as hypothesis_settings

from congress import env
from congress.celery import app as celery_app
from congress.uploads import sandbox
from tests import cast, database, states, typesetting
from tests.architecture.samples import sampled, samples  # noqa: F401
from tests.cast import browse  # noqa: F401
from tests.states import world  # noqa: F401

# Programs that tests start read what this process keeps compiled, and keep nothing: what they import is changed by the next test.
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"

# Two busy cores make single examples slow; what must be fast has a test of its own. The same code is shown the same
# examples, so that who changed nothing sees nothing fail; `--hypothesis-profile=explore` draws new ones.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True)
hypothesis_settings.register_profile("explore", deadline=None)
hypothesis_settings.load_profile("house")


DEALT = 8  # more than a process ever has before it: it gets another test when two are left
# Each of these starts something costly or alone in its kind: their tests run on one of the two processes.
TOGETHER = ("tests/backups/", "tests/demo/", "tests/worker/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Deal the tests out one by one, and those of a folder of `TOGETHER` all to the same process."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)

        def _pending_of(self, workload) -> int:
            """Of what was dealt to a process last: what came before is done, and to count ten thousand tests after each
            of them would take longer than many a test."""
            return sum(list(scope.values()).count(False) for scope in islice(reversed(workload.values()), DEALT))

    config.option.loadscopereorder = False  # who empties the database comes last, as pytest-django has it
    return Together(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    database.log_in_as(settings.DATABASE_OWNER_URL)
    test = settings.DATABASES["default"]["TEST"]
    test["NAME"] = test.get("NAME") or "test_congress"  # one process alone has no name of its own yet
    if os.environ.get("PYTEST_DB"):  # several runs beside each other on one server
        test["NAME"] += f"_{os.environ['PYTEST_DB']}"


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, django_db_modify_db_settings, _test_settings):
    """Create and migrate as the owner, from a copy of what was migrated before, then be the runtime role and let the cast
    settle; the owner again to drop it all, unless `--reuse-db` keeps it."""
    keep = request.config.getvalue("reuse_db") and not request.config.getvalue("create_db")
    with django_db_blocker.unblock():
        test = settings.DATABASES["default"]["TEST"]
        if not keep or not database.exists(test["NAME"]):
            test["TEMPLATE"] = database.template()
        made = setup_databases(verbosity=0, interactive=False, keepdb=keep, serialized_aliases=set())
        database.join_as_written()
        database.log_in_as(env.text("DATABASE_URL"))
        if keep:
            _empty()
        _settle()
    yield
    states.keep(())
    _leave_off()
    if request.config.getvalue("reuse_db"):
        return
    with django_db_blocker.unblock():
        database.log_in_as(settings.DATABASE_OWNER_URL)
        teardown_databases(made, verbosity=0)


@contextlib.contextmanager
def logged_in_as_owner():
    """Within the block Django itself is the owner, as `manage.py migrate` is. For transactional tests."""
    database.log_in_as(settings.DATABASE_OWNER_URL)
    try:
        yield
    finally:
        database.log_in_as(env.text("DATABASE_URL"))


def owner_connection():
    """A connection of the owner to the tests' database: what a hand at the console could do."""
    here = connection.settings_dict
    account = env.database(settings.DATABASE_OWNER_URL)
    return psycopg.connect(
        host=here["HOST"],
        port=here["PORT"] or 5432,
        dbname=here["NAME"],
        user=account["USER"],
        password=account["PASSWORD"],
        autocommit=True,
    )


def _as_they_stood(self) -> None:
    """Instead of flush: the runtime role may not truncate, and append-only triggers stand in the way. The cast is put there
    again as it was made: to make it anew for each test that commits would take as long as to empty."""
    _empty(*_standing)


_emptying: list[psycopg.Connection] = []
_standing: list[database.Rows] = []  # the cast's


def _settle() -> None:
    cast.settle()
    with owner_connection() as owner:
        _standing[:] = [database.rows(owner)]


def _empty(*again: database.Rows) -> None:
    """By one connection that stays: to ask each of two hundred keys who refers to it is planned once."""
    try:
        if not _emptying:
            _emptying.append(owner_connection())
        database.empty(_emptying[0], *again)
    except psycopg.OperationalError:  # the server was stopped meanwhile
        _leave_off()
        with owner_connection() as owner:
            database.empty(owner, *again)


def _leave_off() -> None:
    while _emptying:
        _emptying.pop().close()


TransactionTestCase._fixture_teardown = _as_they_stood


@contextlib.contextmanager
def emptied(blocker):
    """A database in which nobody stands, as on the first day; afterwards the cast is there again. No test's transaction
    may be open, or what it has read holds the tables."""
    with blocker.unblock():
        before, (stood,) = cast.leave(), _standing
        _empty()
        _standing.clear()
        try:
            yield
        finally:
            _empty(stood)
            _standing.append(stood)
            cast.come_back(before)


@pytest.fixture
def own_planner(db):
    """For who asks how the database would read: it weighs the orders of a join, as it does outside of tests."""
    with connection.cursor() as cursor:
        for setting in database.AS_WRITTEN:
            ours = env.PLANNED.get(setting)
            outside = "SELECT set_config(name, coalesce(%s, boot_val), true) FROM pg_settings WHERE name = %s"
            cursor.execute(outside, [ours and str(ours), setting])


@pytest.fixture
def nobody(django_db_setup, django_db_blocker):
    """A database in which nobody stands; ask for it before `db`."""
    with emptied(django_db_blocker):
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tests without a database come first, the template of it being made meanwhile; those of one state of it in a row."""
    states.in_a_row(items)
    items.sort(key=database.asked_by)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Who asks for no state of the database, or for less than stands, finds no more than that."""
    states.keep(states.asked(item))


gc.disable()  # until all tests are known: nothing of what is loaded goes before the end


def pytest_collection_finish(session):
    """Look through memory for rings of dead objects seldom, and never through what stands until the end (the program, its
    libraries, the tests): looking took a tenth of the processor's time."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_addoption(parser):
    parser.addoption(
        "--law", metavar="DIR", help="a folder with texts of law: pages show them, and the rules are held against them"
    )


@pytest.fixture(scope="session", autouse=True)
def _test_settings(request, tmp_path_factory):
    """Keys of the tests' own, fast password hashing; tasks run in the caller unless a test starts a real worker."""
    changed = {
        "CONGRESS_KEYS_DIR": str(tmp_path_factory.mktemp("keys")),
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "DEMO": False,
        "PASSWORD_DAYS": 0,  # tests travel by years; test_login has its own
        # Several runs beside each other share one Redis: none sees or counts what another keeps there.
        "CACHES": {"default": {**settings.CACHES["default"], "KEY_PREFIX": f"test-{uuid.uuid4()}"}},
        "CONGRESS_LAW_DIR": str(tmp_path_factory.mktemp("law")),
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    }
    celery_app.conf.task_always_eager = True
    with override_settings(**changed):
        call_command("make_keys", verbosity=0)
        if folder := request.config.getoption("--law"):
            call_command("load_law_texts", folder, stdout=io.StringIO())
        yield


@pytest.fixture(scope="session")
def _redis():
    """One connection for what every test asks of Redis before it begins."""
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        yield server


@pytest.fixture(autouse=True)
def _empty_cache(_redis):
    """Each test begins with nothing kept, or its log-ins would count against the limits of the next, and with a cache
    that asks Redis, though the test before took Redis away."""
    cache._rests_until = 0.0
    kept = list(_redis.scan_iter(f"{settings.CACHES['default']['KEY_PREFIX']}:*", count=1000))
    if kept:
        _redis.delete(*kept)


@pytest.fixture(autouse=True)
def _parsers_in_this_process(request, monkeypatch):
    """A process for each foreign file costs half a second, and nothing measures what is executed there: all but the tests
    of the sandbox and those with a real browser do its work here."""
    if not {"sandbox", "browser"} & set(request.keywords):
        monkeypatch.setattr(sandbox, "run", _here)


def _here(task: str, data: bytes, *, seconds: int = 0, memory: int = 0, **options) -> tuple[dict, bytes]:
    return sandbox.understood(sandbox.answer(sandbox.task_of(task), data, options))


@pytest.fixture(autouse=True)
def _the_same_text_is_typeset_once(request, monkeypatch):
    """But for the tests of the engine."""
    if not request.node.nodeid.startswith("tests/documents/"):
        for module in typesetting.ASKING:
            monkeypatch.setattr(module, "html_to_pdf", typesetting.once)


@pytest.fixture(autouse=True)
def _own_copy_of_anchors(settings, tmp_path_factory):
    """Each test has a database that knows nothing of the others' anchors."""
    settings.CONGRESS_ANCHOR_DIR = str(tmp_path_factory.getbasetemp() / "anchors" / str(uuid.uuid4()))


@pytest.fixture
def owner(db):
    """The owner's own connection."""
    with owner_connection() as opened:
        yield opened
