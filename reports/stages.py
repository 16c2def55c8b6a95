"""The stages of an annual report, from its first word to the paper. Pure."""

from datetime import date

from congress.staged import Staged


class ReportStage(Staged):
    """Where a report stands."""

    DRAFT = "draft", "草稿", "warning", "修改齐备以后送主席签发"
    SUBMITTED = "submitted", "待签发", "warning", "主席签发，或者退回修改"
    SIGNED = "signed", "已签发", "warning", "印发"
    ISSUED = "issued", "已印发", "good"
    CORRECTED = "corrected", "已被更正", "neutral"
    DISCARDED = "discarded", "已放弃", "neutral"


def stage_of(
    *, submitted_on: date | None, signed_on: date | None, issued: bool, corrected: bool, discarded: bool
) -> ReportStage:
    """The stage by the facts; `corrected` that another report was issued in its place."""
    if issued:
        return ReportStage.CORRECTED if corrected else ReportStage.ISSUED
    if discarded:
        return ReportStage.DISCARDED
    if signed_on is not None:
        return ReportStage.SIGNED
    return ReportStage.DRAFT if submitted_on is None else ReportStage.SUBMITTED
