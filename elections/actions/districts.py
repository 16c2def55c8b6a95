"""What may be written about the districts of a campaign: seats a by-election fills, another day to vote, their origins."""

from dataclasses import replace
from datetime import timedelta

from congress import clock
from congress.guard.refusal import refuse_blocking, refuse_where
from congress.keeping import Keeping
from congress.law import campaigns as law_of_campaigns
from congress.law import elections as law
from congress.law.finding import Finding
from congress.wording import cdatew
from deputies.models import Level, Mandate
from deputies.queries import seats_held
from elections.models import DistrictDay, DistrictOrigin, Vacancy, VoterGroup


def _check_vacancy(vacancy: Vacancy) -> None:
    election = vacancy.election
    refuse_where(
        [
            (election.how == Mandate.How.GENERAL, "换届选举各选区都选，不用登记补选选区。", ""),
            (vacancy.district.term_id != election.term_id, "所选选区不是这一届的。", "district"),
            (
                vacancy.seats > vacancy.district.seats,
                f"补选名额不能多于选区的应选名额{vacancy.district.seats}名。",
                "seats",
            ),
        ]
    )
    refuse_blocking(law.check_district(vacancy.seats, election.election_day))


def vacancy_findings(row: Vacancy) -> list[Finding]:
    """Whether so many seats of the district are vacant, by the roster as it was before the vote."""
    election, district = row.election, row.district
    on = min(clock.today(), election.election_day - timedelta(days=1))
    holding = seats_held(on).filter(district=district).count()
    return list(law_of_campaigns.check_vacancy(row.seats, district.seats, holding, on, str(district)))


def day_findings(row: DistrictDay) -> list[Finding]:
    """What the law says of a district's own day, at the field that tells of the consent."""
    election = row.election
    found = law_of_campaigns.check_district_day(row.consented_on is not None, election.election_day, row.township.pack)
    return [replace(one, field="consented_on") for one in found]


def _check_day(row: DistrictDay) -> None:
    election, consented = row.election, row.consented_on
    refuse_where(
        [
            (row.district.term_id != election.term_id, "所选选区不是这一届的。", "district"),
            (row.day == election.election_day, f"这就是选举日{cdatew(election.election_day)}，不用另外登记。", "day"),
            (consented is not None and consented > row.day, "同意日期不能晚于本选区的选举日。", "consented_on"),
            (consented is not None and not row.paper.strip(), "请填写同意的文件。", "paper"),
        ]
    )
    refuse_blocking(day_findings(row))


def _check_origin(origin: DistrictOrigin) -> None:
    term, former = origin.election.term, origin.former
    refuse_where(
        [
            (origin.district.term_id != term.pk, "所选选区不是这一届的。", "district"),
            (
                former is not None and (former.term_id == term.pk or former.term.level != term.level),
                "上届选区应是同一级上一届的选区。",
                "former",
            ),
            (origin.redrawn and not origin.reason.strip(), "重新划分的请写明原因。", "reason"),
            (former is None and not origin.redrawn, "没有上届选区的，勾选“重新划分”并写明原因。", "redrawn"),
        ]
    )


VACANCIES = Keeping(Vacancy, "elections.vacancy", check=_check_vacancy, route="elections-vacancy")
DAYS = Keeping(DistrictDay, "elections.district_day", check=_check_day, route="elections-district-day")
ORIGINS = Keeping(DistrictOrigin, "elections.origin", check=_check_origin, route="elections-origin")


def _check_group(group: VoterGroup) -> None:
    county = group.county_district
    refuse_where(
        [
            (group.number < 1, "小组号应为正整数。", "number"),
            (county is not None and county.term.level != Level.COUNTY, "请选县级的选区。", "county_district"),
        ]
    )


GROUPS = Keeping(VoterGroup, "elections.group", check=_check_group, route="elections-group")
