"""The product's addresses and one more: the floor of all pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.statements import statements
from congress import urls as product

handler400, handler403 = product.handler400, product.handler403
handler404, handler500 = product.handler404, product.handler500


def bare(request: HttpRequest) -> HttpResponse:
    """A page that does nothing but know who asks: the same session, middleware and log-in as every other."""
    return HttpResponse(str(request.user.pk))


urlpatterns = [path("bench/bare/", bare, name="bench-bare"), *product.urlpatterns]


class StatementsMiddleware:
    """Tells in a header how many statements an answer took."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, counted."""
        with statements() as counted:
            response = self.get_response(request)
        response["X-Statements"] = str(counted.number)
        return response
