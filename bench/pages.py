"""Each important page as its user opens it, against a bare page of the same session, with queries and bytes."""

from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from django.urls import reverse

from bench.statements import statements
from bench.timing import by_turns, milliseconds, ratio
from congress.guard import scope
from congress.models import Membership, Role, Township, User
from proposals.models import Reply, Suggestion
from reports.models import AnnualReport

LEAST, MOST = 10, 60


@dataclass(frozen=True)
class Page:
    """A page by its Chinese name, who opens it and its address; with what is entered where a form is sent."""

    name: str
    user: User
    url: str
    entered: dict[str, str] | None = None


def busiest() -> Township:
    """The township with the most suggestions."""
    with scope.everywhere("choosing the township with the most records"):
        return max(Township.objects.all(), key=lambda town: Suggestion.objects.filter(township=town).count())


def member(role: str, **place) -> User:
    """Somebody with a role in a place."""
    with scope.accounts():
        return Membership.objects.select_related("user").filter(role=role, ended_at__isnull=True, **place)[0].user


def pages() -> list[Page]:
    """The pages people open most, in the township with the most records."""
    town = busiest()
    clerk, chair = member(Role.CLERK, township=town), member(Role.CHAIR, township=town)
    with scope.township(town):
        told = Reply.objects.order_by("-round", "-replied_on").first().suggestion_id
    with scope.everywhere("finding a report that is being written"):
        draft = AnnualReport.objects.kept().filter(kind="annual", document=None).select_related("township").first()
    here = [town.code]
    found = [
        Page("首页（办事员）", clerk, reverse("township_home", args=here)),
        Page("首页（主席）", chair, reverse("township_home", args=here)),
        Page("代表花名册", clerk, reverse("deputies-list", args=here)),
        Page("反映事项", clerk, reverse("proposals-matters", args=here)),
        Page("代表建议台账", clerk, reverse("proposals-suggestions", args=here)),
        Page("代表建议台账（按阶段）", clerk, reverse("proposals-suggestions", args=here) + "?stage=closed"),
        Page("一件建议", clerk, reverse("proposals-suggestion", args=[*here, told])),
        Page("期限", clerk, reverse("deadlines", args=here)),
    ]
    if draft is not None:
        author = member(Role.CLERK, township=draft.township)
        found.append(Page("年度报告编辑", author, reverse("reports-edit", args=[draft.township.code, draft.pk])))
    viewer = member(Role.COUNTY, county=town.county)
    found.append(Page("县级总览", viewer, reverse("reports-county", args=[town.county.code])))
    return found


def opened(page: Page, seconds: float) -> dict:
    """One page measured, for about so many seconds. Raises AssertionError when it does not open."""
    client = Client(headers={"Accept-Encoding": "identity"})
    client.force_login(page.user, backend="congress.accounts.Backend")

    def ask(url: str, entered: dict[str, str] | None = None):
        response = client.get(url) if entered is None else client.post(url, entered)
        wanted = 200 if entered is None else 302
        assert response.status_code == wanted, f"{page.name}: {response.status_code}"
        return response

    def subject():
        return ask(page.url, page.entered)

    subject()
    with statements() as counted:
        body = subject().content
    times, bare = by_turns(subject, lambda: ask("/bench/bare/"), seconds=seconds, least=LEAST, most=MOST)
    return {
        "name": page.name,
        "p50_ms": milliseconds(times.p50),
        "p95_ms": milliseconds(times.p95),
        "bare_p50_ms": milliseconds(bare.p50),
        "bare_p95_ms": milliseconds(bare.p95),
        "ratio_p50": ratio(times.p50, bare.p50),
        "ratio_p95": ratio(times.p95, bare.p95),
        "queries": counted.number,
        "database_ms": milliseconds(counted.seconds),
        "kilobytes": round(len(body) / 1024, 1),
        "times": len(times.seconds),
    }


def measure(seconds: float) -> dict:
    """All pages; half of the seconds are shared out among them, the other half is for slow machines."""
    settings.ROOT_URLCONF = "bench.urls"
    with scope.everywhere("counting what the pages are measured on"):
        town = busiest()
        records = {"township": str(town), "suggestions": Suggestion.objects.filter(township=town).count()}
    listed = pages()
    return {"records": records, "pages": [opened(page, seconds / 2 / len(listed)) for page in listed]}
