"""The proposal: the chapters of the given report in their order, sentences only where records bear them out."""

import re
from datetime import date
from pathlib import Path

from django.conf import settings

from congress import figures
from congress.guard import scope
from congress.guard.action import action
from deputies.models import Station, Term
from elections.models import Election
from proposals.models import Reply
from reports import outline, placeholders, structures
from reports.numbering import numbered
from reports.queries.telling import renewal_due, story_of
from reports.story import Value
from tests.reports.figuring import year_before
from tests.reports.year import CUT_OFF, FILL, add_reception, add_suggestion

SEED = Path(settings.BASE_DIR).parent / "shared" / "seeds" / "000_684b24fca2a1d956.txt"
HEADINGS = [
    "一、2022年工作总结",
    "（一）围绕中心，积极作为，全面落实镇党委决策部署",
    "1.坚持党的领导。",
    "2.做好中心工作。",
    "3.抓好换届选举。",
    "（二）创新机制，强化服务，充分发挥代表的主体作用",
    "（三）牢记宗旨，提升能力，不断加强和改进自身建设",
    "1.坚持理论学习，增强政治定力。",
    "2.强化自身建设，增强履职能力。",
    "二、2023年工作安排",
    "（一）坚持党的领导，政策理论和政治定力要有新加强",
    "（二）强化代表地位，充分发挥代表作用要有新举措",
    "（三）加强自身建设，增强素质提升能力要有新变化",
]


def proposed(township, year=2022, cut_off=CUT_OFF):
    with scope.township(township):
        computed = figures.compute(figures.registered(), township, year, cut_off)
        parts = structures.shipped()["seed"].parts
        values = {key: Value.of(one) for key, one in computed.items()}
        return outline.propose(
            parts, story_of(township, year, cut_off, values, year_before(township, year, cut_off))
        ), computed


TOLD = outline.asked(structures.shipped()["seed"].parts)


def headings(sections):
    return [heading for _, heading in numbered(sections) if heading]


def test_headings_and_their_order_are_those_of_the_usual_report(world, year):
    sections, _ = proposed(world.township)
    assert headings(sections) == HEADINGS


if SEED.exists():

    def test_headings_equal_those_of_the_given_text():
        lines = SEED.read_text(encoding="utf-8").splitlines()
        mark = re.compile(r"(?:[一二三]、|（[一二三]）)\S{2,40}$|\d\.[^。]+。")
        found = [match.group() for line in lines if (match := mark.match(line.strip()))]
        assert found == HEADINGS


def test_shortfalls_stand_between_the_two_chapters(world, year):
    sections, _ = proposed(world.township)
    at = next(n for n, part in enumerate(sections) if part.text.startswith("回顾一年来的工作"))
    assert sections[at].level == 0
    assert sections[at + 1].heading == "2023年工作安排"


def test_every_masked_number_of_the_given_report_has_a_figure_in_the_text(world, year):
    sections, computed = proposed(world.township)
    used = set(placeholders.keys(*(part.text for part in sections)))
    masked = {
        "deputies.county_elected",
        "deputies.township_elected",
        "officers_received.names",
        "officers_received.people",
        "officers_received.matters",
        "officers_received.resolved",
        "officers_received.remaining",
        "officers_received.categories",
        "elections.rules",
        "sessions.first",
        "officers.names",
        "stations.requirements",
    }
    assert masked <= used
    for key in masked:
        assert computed[key].rows, key
        assert computed[key].shown not in ("0", "—"), key


def test_every_placeholder_of_the_proposal_is_known(world, year):
    sections, _ = proposed(world.township)
    for part in sections:
        assert placeholders.unknown(part.text, figures.registered()) == []


def test_the_text_carries_no_number_of_its_own(world, year):
    sections, _ = proposed(world.township)
    for part in sections:
        plain = re.sub(r"\{\{.*?\}\}", "", part.text).replace("2022年", "").replace("2023年", "")
        assert not re.search(r"\d", plain), part.text


def test_a_township_without_records_gets_sentences_without_figures_and_hints(world):
    sections, computed = proposed(world.neighbour, 2026, date(2026, 6, 30))
    used = placeholders.keys(*(part.text for part in sections))
    assert used == ["deputies.in_office"]
    assert "3.抓好换届选举。" not in headings(sections)
    told = outline.hints({key: answer.value for key, answer in computed.items()}, TOLD)
    assert "没有培训记录。" in told
    assert any("换届选举" in hint for hint in told)


def test_hints_name_only_what_is_missing(world, year):
    _, computed = proposed(world.township)
    told = outline.hints({key: answer.value for key, answer in computed.items()}, TOLD)
    assert told == ["没有专题调研记录。"]


def test_the_words_are_those_of_the_place(world):
    sections, _ = proposed(world.neighbour)
    text = "".join(part.heading + part.text for part in sections)
    assert "全面落实乡党委决策部署" in text
    assert "县人大常委会" in text
    assert "镇" not in text.replace("城镇", "")
    assert "石桥乡" in text


def test_the_election_is_of_last_year_only_in_the_report_after_it(world, year):
    text = {
        number: next(
            (p.text for p in proposed(world.township, number, date(number, 12, 31))[0] if "换届选举" in p.heading), ""
        )
        for number in (2021, 2022, 2023)
    }
    assert text[2021].startswith("今年是县镇两级人大换届之年")
    assert text[2022].startswith("去年是县镇两级人大换届之年")
    assert text[2023] == ""


def _told(world, cut_off) -> tuple[str, str]:
    """The chapter about deputies, and what fell short."""
    sections, _ = proposed(world.township, 2022, cut_off)
    return (
        next(part.text for part in sections if part.heading.startswith("创新机制")),
        next(part.text for part in sections if part.text.startswith("回顾一年来的工作")),
    )


def test_everything_answered_is_said_only_when_it_is_true(world, year):
    (done, short), (early, short_early) = _told(world, CUT_OFF), _told(world, date(2022, 6, 1))
    for praise in ("件件有答复", "监督到位", "全部在规定期限内答复", "按期答复率"):
        assert praise not in done, praise  # one reply was late
        assert praise not in early, praise
    assert "{{figure.suggestions.late}}件代表建议没有在规定期限内答复" in short
    assert "到报告期末没有答复的代表建议有{{figure.suggestions.unanswered}}件" in short_early
    with scope.township(world.township), action(FILL, actor=None):
        Reply.objects.filter(replied_on=date(2022, 7, 1)).update(replied_on=date(2022, 6, 9))
    done, _ = _told(world, CUT_OFF)
    for praise in ("主席团跟踪监督到位", "件件有答复", "全部在规定期限内答复"):
        assert praise in done, praise


def test_what_is_carried_over_stands_beside_what_was_assigned(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2021-9", date(2021, 12, 1), assigned=date(2021, 12, 10), replied=date(2022, 2, 1))
    assert (
        "交办{{figure.suggestions.assigned}}件，连同上年结转的{{figure.suggestions.carried}}件，"
        in _told(world, CUT_OFF)[0]
    )


def test_stations_are_praised_only_when_all_of_them_are_complete(world, year):
    assert "各项要求全部达到" in _told(world, CUT_OFF)[0]
    with scope.township(world.township), action(FILL, actor=None):
        Station.objects.create(township=world.township, name="下坝联络点", opened_on=date(2022, 1, 1))
    done, short = _told(world, CUT_OFF)
    assert "各项要求全部达到" not in done
    assert "代表联络站建设不平衡" in short


def test_the_year_before_a_term_ends_plans_the_general_election(world, year):
    told = {number: proposed(world.township, number, date(number, 12, 31))[0] for number in (2022, 2025, 2026)}
    plans = {number: "".join(part.text for part in sections) for number, sections in told.items()}
    assert [number for number, text in plans.items() if "明年要开展人大换届选举工作" in text] == [2025]


def test_an_election_early_in_a_year_is_the_work_of_the_year_before(world, year):
    def due() -> list[int]:
        with scope.township(world.township):
            return [number for number in range(2022, 2029) if renewal_due(world.township, number)]

    assert due() == [2025]  # the term began on 10 November 2021
    with scope.township(world.township), action(FILL, actor=None):
        Term.objects.filter(pk=world.term.pk).update(started_on=date(2022, 1, 12))
    assert due() == [2025, 2026]
    with scope.township(world.township), action(FILL, actor=None):
        Term.objects.filter(pk=world.term.pk).update(started_on=date(2021, 11, 10))
        coming = Term.objects.create(township=world.township, number=18)
        held = {"township": world.township, "term": coming, "begun_on": date(2026, 10, 1)}
        found = Election.objects.create(**held, election_day=date(2027, 3, 20))
    assert due() == [2025, 2026]
    with scope.township(world.township), action(FILL, actor=None):
        Election.objects.filter(pk=found.pk).update(election_day=date(2026, 12, 20))
        Term.objects.filter(pk=world.term.pk).update(started_on=date(2022, 1, 12))
    assert due() == [2025], "what is over in December is no plan of the year after"


def test_more_than_last_year_is_said_only_of_the_same_days(world, year):
    sections, _ = proposed(world.township, 2022, CUT_OFF)
    assert "比上年同期" not in "".join(part.text for part in sections)  # nothing was held the year before
    with scope.township(world.township), action(FILL, actor=None):
        add_reception(year, date(2020, 6, 1))
        add_reception(year, date(2021, 5, 1), people=2)
        add_reception(year, date(2021, 12, 30), people=200)  # after the day up to which this year is told
    sections, _ = proposed(world.township, 2022, CUT_OFF)
    assert "比上年同期{{figure.receptions.people|增减}}" in "".join(part.text for part in sections)


def test_numbers_of_headings_follow_the_order():
    parts = [outline.Proposed(level, "题") for level in (1, 2, 3, 3, 2, 3, 0, 1, 2)]
    marks = [heading.removesuffix("题") for _, heading in numbered(parts)]
    assert marks == ["一、", "（一）", "1.", "2.", "（二）", "1.", "", "二、", "（一）"]
