"""For those who watch the machine: health and metrics."""

import shutil
import time

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse, JsonResponse
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from congress.web.login import client_address
from congress.web.pages import public_view
from congress.work.tasks import HEARTBEAT

WORKER_SILENT_AFTER = 90  # seconds
DISK_MINIMUM = 0.05


def _checks() -> dict[str, bool]:
    results = {"database": True, "redis": True, "worker": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        results["database"] = False
    results["redis"] = cache.answers()
    beat = cache.get(HEARTBEAT)
    results["worker"] = bool(beat) and time.time() - beat["at"] < WORKER_SILENT_AFTER
    usage = shutil.disk_usage(settings.BASE_DIR)
    results["disk"] = usage.free / usage.total > DISK_MINIMUM
    return results


@public_view("供负载均衡和监控判断服务是否可用，不含业务数据")
def healthz(request):
    """200 when database, Redis, worker and disk are well; 503 naming what is not."""
    results = _checks()
    return JsonResponse({"ok": all(results.values()), "checks": results}, status=200 if all(results.values()) else 503)


@public_view("仅允许监控主机访问的运行指标，不含业务数据")
def metrics(request):
    """Gauges in Prometheus' text form, for the addresses in METRICS_ALLOWED only."""
    if client_address(request) not in settings.METRICS_ALLOWED:
        raise Http404
    registry = CollectorRegistry()
    gauge = Gauge("congress_check", "1 when the check is well", ["check"], registry=registry)
    for name, well in _checks().items():
        gauge.labels(name).set(int(well))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
