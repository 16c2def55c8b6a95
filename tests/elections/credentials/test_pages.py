"""The pages of a review, from the declaration to the seats, and the certificates."""

import pytest
from django.urls import reverse

from congress.guard.action import Refused, action
from deputies.models import Mandate
from elections.documents.credentials import CERTIFICATES, certificates
from elections.documents.issue import PAPERS, look
from elections.models import Annulment, CredentialsReview
from elections.queries.credentials import reviews
from tests.cast import SET_UP
from tests.elections.credentials import (
    DECIDED,
    OPENED,
    PUBLISHED,
    confirmed,
    elected,
    entries,
    facts,
    judge,
    opened,
    published,
    reported,
    take,
)

pytestmark = pytest.mark.django_db


def test_certificates_are_printed_of_everybody_seated(world, election):
    with pytest.raises(Refused, match="还没有登记代表资格"):
        certificates(election, {})
    elected(world, election)
    row = opened(world, election)
    reported(world, row)
    confirmed(world, row)
    published(world, row)
    told = certificates(election, {})
    assert [(one["name"], one["number"]) for one in told["cards"]] == [("丁一", "第1号"), ("于二", "第2号")]
    assert told["office"] == "云溪镇选举委员会"
    assert CERTIFICATES.pages(told) == 1
    with action(SET_UP, actor=None):
        of = {"township": world.township, "election": election, "reviewed_on": DECIDED, "ground": "offence"}
        void = Mandate.objects.get(term=election.term, deputy__name="于二")
        Annulment.objects.create(**of, mandate=void, void=True)
    assert [one["name"] for one in certificates(election, {})["cards"]] == ["丁一"]
    with action(SET_UP, actor=None):  # a certificate that was given keeps its number
        Annulment.objects.update(mandate=Mandate.objects.get(term=election.term, deputy__name="丁一"))
    assert [(one["name"], one["number"]) for one in certificates(election, {})["cards"]] == [("于二", "第2号")]
    election.township.county.province = "chongqing"
    assert certificates(election, {})["office"] == "云溪镇人民代表大会主席团"


def test_the_pages_lead_from_the_declaration_to_the_seats(world, election, browse):
    code, client = world.township.code, browse(world.clerk)
    elected(world, election)
    listed = reverse("elections-reviews", args=[code, election.pk])
    assert "等待审查的当选人2名" in client.get(listed).content.decode()
    new = reverse("elections-review-new", args=[code, election.pk])
    form = client.get(new).context["form"]
    answer = client.post(new, {"opened_on": OPENED, "key": form["key"].value()})
    row = CredentialsReview.objects.get()
    assert answer.url == reverse("elections-review", args=[code, row.pk])
    assert "还没有" in client.get(answer.url).content.decode()
    entry = reverse("elections-reviewed", args=[code, entries(row)["丁一"].pk])
    assert "丁一的代表资格" in client.get(entry).content.decode()
    assert "没有争议的" in client.get(reverse("elections-review-clear", args=[code, row.pk])).content.decode()
    reported(world, row)
    shown = client.get(answer.url).content.decode()
    assert "审查报告" in shown
    assert reverse("elections-paper-credentials", args=[code, row.pk]) in shown
    confirmed(world, row)
    assert "代表名单公告" in client.get(answer.url).content.decode()
    published(world, row)
    shown = client.get(listed).content.decode()
    assert "当选证书由云溪镇选举委员会颁发" in shown
    paper = client.get(reverse("elections-certificates", args=[code, election.pk]))
    assert paper.content[:4] == b"%PDF"


def test_what_binds_is_shown_before_it_binds(world, election, browse):
    code = world.township.code
    elected(world, election)
    row = opened(world, election)
    judge(world.clerk, entries(row)["于二"], "invalid", ground="offence", words="以财物贿赂选民。")
    reported(world, row)

    def page(key: str, **sent) -> str:
        client, url = browse(world.chair), reverse(f"elections-review-{key}", args=[code, row.pk])
        answer = client.post(url, sent) if sent else client.get(url)
        return answer.content.decode()

    told = page("decide")
    assert "1名：丁一" in told
    assert "当选无效：于二" in told
    assert "第五十八条" in told
    confirmed(world, row)
    asked = page("publish", on=PUBLISHED.isoformat(), publication="主席团公告", version=facts(row).row.version)
    assert "新登记到花名册" in asked
    assert "有一名不能登记的，全部不登记" in asked
    assert 'name="confirmed"' in asked
    assert not Mandate.objects.filter(term=election.term).exists()


def test_the_report_is_looked_at_before_it_is_issued(world, election):
    elected(world, election)
    row = opened(world, election)
    take(world.clerk, row, "clear")
    row = reviews().get(pk=row.pk)
    assert look(PAPERS["credentials"], row, DECIDED, {}).startswith(b"%PDF")
