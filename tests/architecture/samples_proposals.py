"""Samples of the receptions, the matters in each of their ways, and a suggestion at each of its stages."""

from datetime import date

from proposals.models import (
    Assignment,
    Cosigner,
    Extension,
    Matter,
    OfficePeriod,
    Promise,
    Rating,
    Reception,
    ReceptionDeputy,
    ReceptionUnit,
    Reply,
    Suggestion,
    Talk,
    Urging,
    Visitor,
)

PHONE = "13912345678"
DAY = date(2022, 3, 2)


def proposals(s) -> None:
    """The reception with its matters, then the suggestions."""
    _receptions(s)
    for number, stage in enumerate(STAGES, start=1):
        _suggestion(s, stage, number)


def _receptions(s) -> None:
    reception = s.make(
        "reception", Reception, station=s["station"], held_on=DAY, people=3, note=f"备注{s.mark}", recorded_by=s.clerk
    )
    s.make("receiver", ReceptionDeputy, reception=reception, deputy=s.deputy)
    s.make("companion", ReceptionUnit, reception=reception, unit=s.unit)
    visitor = s.make("visitor", Visitor, reception=reception, name=f"来访{s.mark}", phone=PHONE)
    base = {"reception": reception, "category": s["category"], "words": f"水渠漏水{s.mark}", "visitor": visitor}
    ways = {
        "matter": {},
        "matter.unit": {"channel": "unit", "channelled_on": DAY, "unit": s.unit},
        "matter.done": {
            "channel": "on_the_spot",
            "channelled_on": DAY,
            "answer": f"已答复{s.mark}",
            "resolved_on": DAY,
        },
        "matter.secret": {"confidential": True},
    }
    for number, (name, values) in enumerate(ways.items(), start=1):
        s.make(name, Matter, number=f"2022-000{number}{s.mark}", **base, **values)
    s.make("period", OfficePeriod, kind="follow_up", value=30, effective_from=DAY, basis=f"会议确定{s.mark}")


# Stage of a suggestion → which facts it has. Each stage stands on those before it.
STAGES = (
    "submitted registered declined assigned returned signed talked asked replied dissatisfied closed withdrawn cosigned"
).split()


def _suggestion(s, stage: str, number: int) -> None:
    registered = stage not in ("submitted", "cosigned")
    values = {"registered_on": DAY, "number": f"2022-{number:03d}{s.mark}"} if registered else {}
    values |= {"declined_on": DAY, "declined_reason": f"不予受理{s.mark}"} if stage == "declined" else {}
    handled = registered and stage not in ("registered", "declined", "withdrawn")
    values |= {"assigned_on": DAY} if handled else {}
    values |= {"closed_on": DAY} if stage == "closed" else {}
    row = s.make(
        f"suggestion.{stage}",
        Suggestion,
        title=f"关于维修水渠的建议{s.mark}",
        situation=f"水渠渗漏{s.mark}",
        proposal=f"请维修{s.mark}",
        category=s["category"],
        lead=s.deputy,
        submitted_on=DAY,
        **values,
    )
    if stage == "withdrawn":
        row.withdrawn_at, row.withdrawn_reason = "2022-03-03T00:00:00+08:00", f"另行提出{s.mark}"
        row.save()
    if stage == "cosigned":
        s.make("cosigner", Cosigner, suggestion=row, deputy=s["pending"])
    if handled:
        _handling(s, row, stage)


def _handling(s, row: Suggestion, stage: str) -> None:
    near = {"township": s.town, "suggestion": row}
    signed = stage != "assigned"
    returned = {"returned_on": DAY, "return_reason": f"职责不符{s.mark}"} if stage == "returned" else {}
    lead = {"part": Assignment.Part.LEAD, "assigned_on": DAY, "signed_on": DAY if signed else None}
    share = Assignment.objects.create(unit=s.unit, **lead, **returned, **near)
    if stage == "talked":
        s.keep("share", share)
    if stage == "talked":
        made = {"unit": s.unit, "made_on": DAY, "due_on": date(2022, 9, 30)}
        s.make("promise", Promise, suggestion=row, note=f"正在施工{s.mark}", **made)
        s.make("urging", Urging, unit=s.unit, urged_on=DAY, suggestion=row)
    Assignment.objects.create(unit=s.other_unit, part=Assignment.Part.ASSIST, assigned_on=DAY, **near)
    if stage == "asked":
        Extension.objects.create(asked_on=DAY, new_due=date(2022, 8, 1), reason=f"需要勘察{s.mark}", **near)
    if stage in ("talked", "replied", "dissatisfied", "closed"):
        Talk.objects.create(unit=s.unit, held_on=DAY, way=Talk.Way.VISIT, summary=f"已沟通{s.mark}", **near)
    if stage in ("replied", "dissatisfied", "closed"):
        Reply.objects.create(
            unit=s.unit, replied_on=DAY, grade="A", text=f"已修复{s.mark}", contact=f"经办{s.mark}", **near
        )
    if stage in ("dissatisfied", "closed"):
        result = "bad" if stage == "dissatisfied" else "good"
        reason = f"未解决{s.mark}" if result == "bad" else ""
        Rating.objects.create(deputy=s.deputy, attitude=result, result=result, reason=reason, rated_on=DAY, **near)
