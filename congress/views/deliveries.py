"""What became of the messages sent outside the application."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from congress.models import Delivery
from congress.permissions import CATEGORIES, DELIVERIES
from congress.views import listings_delivery
from congress.web.pages import done, township_view
from congress.web.table import show
from congress.work import outbox


@township_view(DELIVERIES)
def deliveries(request, township):
    """Deliveries outside the application, those whose fate is unknown first."""
    return show(
        request,
        township,
        listings_delivery.DELIVERIES,
        Delivery.objects.select_related("message__recipient", "message__unit"),
    )


@township_view(CATEGORIES)
def resend_delivery(request, township, pk):
    """Queue an unknown or failed delivery again, under the same identification."""
    row = get_object_or_404(Delivery, pk=pk)
    if request.method == "POST":
        outbox.resend(row)
        return done(request, "已重新排队发送。", reverse("deliveries", args=[township.code]))
    return redirect("deliveries", code=township.code)
