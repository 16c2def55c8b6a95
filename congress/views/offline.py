"""What a browser has ready for when there is no signal: one page without anybody's data, and the worker that shows it."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

from congress.web.pages import open_view, page

_REASON = "没有网络时显示的提示页和它的脚本，对所有人相同，不含业务数据"
_WORKER = Path(settings.BASE_DIR) / "static" / "js" / "service-worker.js"


@open_view(_REASON)
@never_cache
def offline(request):
    """The page that stands in for any other while there is no signal; its script shows what waits on the device."""
    return page(request, "offline.html")


@open_view(_REASON)
@never_cache
def service_worker(request):
    """The worker, at the root because it stands in for every page; it is another one when its page is, so that browsers
    stock up anew after an upgrade."""
    stocked = hashlib.sha256(render_to_string("offline.html").encode()).hexdigest()
    script = f"{_WORKER.read_text(encoding='utf-8')}/* {stocked} */\n"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
