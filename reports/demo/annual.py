"""The annual reports of 2022: one issued, one left as a draft on which two people wrote at once."""

from datetime import date

from reports import actions
from reports.demo.diary import Story
from reports.demo.town import Town
from reports.life import ANNUAL
from reports.models import Section
from reports.queries import annual

YEAR = 2022
CUT_OFF = date(2022, 12, 20)
SIGNED = date(2022, 12, 27)
ISSUED = date(2022, 12, 28)
STUDY, OWN_HOUSE = "坚持理论学习，增强政治定力。", "强化自身建设，增强履职能力。"
ADDED = "组织主席团成员和代表撰写学习体会，把学习成果转化为依法履职的实际成效。"
ASKED = "学习的形式请写具体些。"
OTHERS = "坚持问题导向，完善主席团成员联系代表、代表联系选民制度，做到事事有回音、件件有着落。"


def issued(town: Town) -> Story:
    """Prepared by the clerk, who answers what the chair says of it; signed by the chair, issued by the clerk."""
    yield date(2022, 12, 21)
    report = actions.start(town.clerk, town.township, year=YEAR, cut_off=CUT_OFF, on=town.today)
    section = _section(report, STUDY)
    actions.save_section(
        town.clerk, section, version=section.version, heading=section.heading, text=f"{section.text}{ADDED}"
    )
    yield SIGNED
    ANNUAL.take("comment", town.chair, report, section=section, text=ASKED)
    [asked] = annual.comments(report)
    ANNUAL.take("settle-comment", town.clerk, report, comment=asked, answer="已按意见写明")
    ANNUAL.take("submit", town.clerk, report, on=town.today)
    ANNUAL.take("sign", town.chair, report, on=town.today)
    yield ISSUED
    ANNUAL.take("issue", town.clerk, report, on=town.today)


def draft(town: Town) -> Story:
    """Begun by the clerk; the chair saved over a change not seen, so both texts wait for a choice."""
    yield date(2022, 12, 22)
    report = actions.start(town.clerk, town.township, year=YEAR, cut_off=CUT_OFF, on=town.today)
    section = _section(report, OWN_HOUSE)
    shown, text = section.version, section.text
    actions.save_section(town.clerk, section, version=shown, heading=section.heading, text=f"{text}{ADDED}")
    yield 1
    actions.save_section(town.chair, section, version=shown, heading=section.heading, text=f"{text}{OTHERS}")


def _section(report, heading: str) -> Section:
    return next(section for section in annual.sections(report) if section.heading == heading)
