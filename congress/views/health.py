"""For those who watch the machine: health and metrics."""

import shutil
import time

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, OperationalError, connection, transaction
from django.http import Http404, HttpResponse, JsonResponse
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from congress.guard.standing import is_runtime_role, lock_faults, role_faults
from congress.web.login import client_address
from congress.web.pages import open_view
from congress.work.tasks import HEARTBEAT

WORKER_SILENT_AFTER = 90  # seconds
DISK_MINIMUM = 0.05
DISK_FULL = "53100"  # PostgreSQL's disk_full


# More than the sort may keep in memory goes to a file beside the tables: a write there without a row and without a log.
_WRITE = "SELECT count(DISTINCT t) FROM (SELECT repeat(md5(n::text), 64) AS t FROM generate_series(1, 2000) n) s"


def _database_writes() -> bool:
    """Whether the database finds room where its data is: that disk may be another machine's. Raises DatabaseError."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '256kB'")
            cursor.execute(_WRITE)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != DISK_FULL:
            raise
        return False
    return True


def _room_here() -> bool:
    """Whether there is room in the folder the product itself writes to."""
    usage = shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR)
    return usage.free / usage.total > DISK_MINIMUM


def _asked_database() -> dict[str, bool]:
    try:
        locked = is_runtime_role() and not (role_faults() or lock_faults())
        return {"database": True, "locks": locked, "disk": _database_writes()}
    except DatabaseError:
        return {"database": False, "locks": False, "disk": False}


def _checks() -> dict[str, bool]:
    results = {"redis": cache.answers(), "worker": False, **_asked_database()}
    results["disk"] = results["disk"] and _room_here()
    beat = cache.get(HEARTBEAT)
    results["worker"] = bool(beat) and time.time() - beat["at"] < WORKER_SILENT_AFTER
    return results


@open_view("供负载均衡和监控判断服务是否可用，不含业务数据")
def healthz(request):
    """200 when database, its locks, Redis, worker and the disks are well; 503 naming what is not."""
    results = _checks()
    return JsonResponse({"ok": all(results.values()), "checks": results}, status=200 if all(results.values()) else 503)


@open_view("仅允许监控主机访问的运行指标，不含业务数据")
def metrics(request):
    """Gauges in Prometheus' text form, for the addresses in METRICS_ALLOWED only."""
    if client_address(request) not in settings.METRICS_ALLOWED:
        raise Http404
    registry = CollectorRegistry()
    gauge = Gauge("congress_check", "1 when the check is well", ["check"], registry=registry)
    for name, well in _checks().items():
        gauge.labels(name).set(int(well))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
