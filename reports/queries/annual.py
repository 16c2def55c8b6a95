"""Reads of an annual report: its sections, the figures kept with it, and how these compare with the records of now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Max

from congress import figures
from congress.figures import Changes, Computed
from congress.guard.record import kept
from congress.law.finding import Finding
from congress.models import Document
from congress.wording import NOTHING
from reports import placeholders, speaking
from reports.models import AnnualReport, FigureUse, Section, SectionComment, SectionDraft
from reports.queries.before import computed_before, in_part
from reports.stages import ReportStage, stage_of


def with_report(rows):
    """The reports with their documents, that which each corrects and that by which it is corrected."""
    return rows.select_related(
        "document", "corrects__document", "corrected_by__document", "township__county", "submitted_by", "signed_by"
    )


def reports():
    """Reports that stand, the newest first, with what belongs to them."""
    return with_report(AnnualReport.objects.kept())


def of_the_same(report: AnnualReport):
    """The reports of the same kind, period and topic, in every edition, given up ones too."""
    names = ("kind", "year", "month", "topic")
    return AnnualReport.objects.filter(township=report.township, **{name: getattr(report, name) for name in names})


def last_edition(report: AnnualReport) -> int:
    """The highest number an edition of it has; 0 where there is none."""
    return of_the_same(report).aggregate(last=Max("edition"))["last"] or 0


def before(report: AnnualReport):
    """The issued reports of the period before, of the same kind and topic, the newest edition first."""
    year, month = report.of.before(report.year, report.month)
    rows = reports().filter(township=report.township, kind=report.kind, topic=report.topic, document__isnull=False)
    return rows.filter(year=year, month=month).order_by("-edition")


def closed(report: AnnualReport) -> list[Finding]:
    """Why a report can no longer be written: it was issued, or given up. Empty for a draft."""
    if report.document_id is not None:
        return [Finding("order.issued", "报告已经印发，不能再改；确有错误请办理更正。")]
    if report.withdrawn_at is not None:
        return [Finding("order.discarded", "这份草稿已经放弃，不能再改。")]
    return []


def stage(report: AnnualReport) -> ReportStage:
    """Where a report stands; read with `reports` it asks nothing."""
    return stage_of(
        submitted_on=report.submitted_on,
        signed_on=report.signed_on,
        issued=report.document_id is not None,
        corrected=report.correction is not None and report.correction.document_id is not None,
        discarded=report.withdrawn_at is not None,
    )


def sealed(report: AnnualReport) -> list[Finding]:
    """Why its text and figures cannot be changed: it is closed, or lies with the chair for signature, or is signed."""
    if found := closed(report):
        return found
    if report.submitted_on is not None:
        word = "送签" if report.signed_on is None else "签发"
        return [Finding("order.sealed", f"报告已经{word}，正文和数据不能再改；确需修改请先退回修改。")]
    return []


def sections(report: AnnualReport) -> list[Section]:
    """The sections that stand, in their order."""
    return list(report.sections.kept().select_related("edited_by"))


def editions(report: AnnualReport) -> list[Document]:
    """The edition for everybody that was made last of the issued report, if there is one."""
    if report.document_id is None:
        return []
    return list(Document.objects.filter(whole=report.document_id).defer("context").order_by("-created_at")[:1])


def open_drafts(report: AnnualReport) -> list[SectionDraft]:
    """Texts kept beside another, not yet settled."""
    return list(
        SectionDraft.objects.kept()
        .filter(kept("section"), section__report=report, settled_at__isnull=True)
        .select_related("section", "author")
    )


def comments(report: AnnualReport) -> list[SectionComment]:
    """What was said about the sections that stand, in the order it was said."""
    rows = SectionComment.objects.kept().filter(kept("section"), section__report=report)
    return list(rows.select_related("section", "author", "settled_by").order_by("said_at"))


def kept_figures(report: AnnualReport) -> dict[str, FigureUse]:
    """The figures as they were last computed for the report, by key."""
    return {use.key: use for use in report.figures.kept()}


def used_keys(rows: Iterable[Section]) -> list[str]:
    """The figures the sections use, in the order of the text."""
    return placeholders.keys(*(row.text for row in rows))


def shown(use: FigureUse) -> str:
    """A kept figure as its page shows it."""
    return figures.show(speaking.kind_of(use), use.value, use.denominator, use.words)


def spoken(use: FigureUse, form: str = "") -> str:
    """A kept figure as it stands in the text of the report, in one of the forms of `placeholders`."""
    return speaking.forms(use)[form]


@dataclass(frozen=True)
class Told:
    """A row by which a figure changed: 新增, 改动 or 不再计入, and why or from what to what."""

    word: str
    row: dict
    reason: str = ""

    def __str__(self):
        return f"{self.word}“{self.row['label']}”" + (f"（{self.reason}）" if self.reason else "")


@dataclass(frozen=True)
class Drift:
    """A kept figure beside what the records say now for the same cut-off, with the rows that made the difference."""

    use: FigureUse
    now: Computed
    changes: Changes
    moved: bool = False
    told: tuple[Told, ...] = ()
    last: Computed | None = None

    @property
    def changed(self) -> bool:
        """Whether the figure must be computed anew, for itself or for what it was a year before."""
        return self.moved or bool(self.changes) or self.last_changed

    @property
    def last_changed(self) -> bool:
        """Whether the year before says otherwise now than what is kept beside the figure."""
        kept, now = self.use, self.last
        if kept.last_cut_off is None or now is None:
            return False
        begun = now.begun if now.rows else None
        return (kept.last_cut_off, kept.last_hash, kept.last_since) != (now.cut_off, now.rows_hash, begun)

    @property
    def before(self) -> str:
        """The kept figure."""
        return shown(self.use)

    @property
    def after(self) -> str:
        """The figure by the records of now."""
        return self.now.shown

    @property
    def step(self) -> str:
        """From what to what, in words: 由47变为5, 仍为47, 的上年同期数由30变为28."""
        if not self.moved and not self.changes:
            return self._last_step
        return f"仍为{self.after}" if self.before == self.after else f"由{self.before}变为{self.after}"

    @property
    def _last_step(self) -> str:
        if self.last and self.last.rows and self.last.begun:
            return "的上年同期数不能比较"
        value = speaking.last_value(self.use)
        kept = figures.show(value.kind, value.value, value.denominator, "") if value else NOTHING
        return f"的上年同期数由{kept}变为{self.last.shown if self.last else ''}"

    def why(self, most: int = 3) -> str:
        """The rows that made the difference in one sentence, the first ones by name."""
        if not self.moved and not self.changes:
            begun = self.last.begun if self.last and self.last.rows else None
            return in_part(begun) if begun else "上年的记录有变动"
        if not self.told:
            return "口径或者期间有变"
        words = "；".join(str(one) for one in self.told[:most])
        return words + (f"；等{len(self.told)}条" if len(self.told) > most else "")


def computed(report: AnnualReport, keys: Iterable[str] | None = None) -> dict[str, Computed]:
    """The figures (all, or some) as the records say now for the report's days."""
    wanted = figures.registered() if keys is None else keys
    return figures.compute(wanted, report.township, report.year, report.cut_off, report.since)


def drifts(
    report: AnnualReport,
    keys: Iterable[str] | None = None,
    uses: Mapping[str, FigureUse] | None = None,
    beside: Iterable[str] | None = None,
) -> dict[str, Drift]:
    """How the kept figures (or some of them) compare with the records; reads each kind of record once.

    `uses` are the kept figures where they have been read already, `beside` those whose year before is asked as well (all,
    unless said). Figures that are offered no longer are passed over: what an issued report said with them stands.
    """
    kept, known = uses if uses is not None else kept_figures(report), figures.registered()
    wanted = [key for key in (keys if keys is not None else kept) if key in kept and key in known]
    now = computed(report, wanted)
    last = computed_before(report, wanted if beside is None else [key for key in wanted if key in set(beside)])
    changes = {key: figures.differences(kept[key].rows, [row.stored() for row in now[key].rows]) for key in wanted}
    reasons = why_gone(row for change in changes.values() for row in change.removed)
    return {
        key: Drift(
            kept[key],
            now[key],
            changes[key],
            _moved(kept[key], now[key]),
            tuple(_told(kept[key], changes[key], reasons)),
            last.get(key),
        )
        for key in wanted
    }


def _moved(use: FigureUse, now: Computed) -> bool:
    """Whether period, cut-off or definition are others than those the figure was computed by."""
    return (use.period_from, use.period_to, use.cut_off, use.definition) != (
        now.period.start,
        now.period.end,
        now.cut_off,
        now.definition,
    )


def _told(use: FigureUse, changes: Changes, reasons: Mapping[tuple[str, str], str]) -> Iterable[Told]:
    for row in changes.removed:
        yield Told("不再计入", row, reasons[row["subject"], row["id"]])
    for row in changes.added:
        yield Told("新增", row)
    before = {(row["subject"], row["id"]): row for row in use.rows}
    for row in changes.changed:
        old = before[row["subject"], row["id"]]
        same = (old["value"], old["whole"]) == (row["value"], row["whole"])
        yield Told("改动", row, "" if same else f"{old['value']}改为{row['value']}")


def why_gone(rows: Iterable[dict]) -> dict[tuple[str, str], str]:
    """Why rows no longer count: withdrawn (with the reason given), no longer there, or changed. One query a model."""
    by_model: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_model[row["subject"]].add(row["id"])
    reasons = {}
    for subject, ids in by_model.items():
        there = {str(record.pk): record for record in apps.get_model(subject).objects.filter(pk__in=ids)}
        for pk in ids:
            record = there.get(pk)
            if record is None:
                reasons[subject, pk] = "记录已不存在"
            elif record.withdrawn_at:
                reasons[subject, pk] = f"已撤回：{record.withdrawn_reason or '未写明原因'}"
            else:
                reasons[subject, pk] = "记录或者所属记录已改动，不再符合口径"
    return reasons


def in_words(changed: Mapping[str, Drift]) -> str:
    """What computing anew has changed, in one sentence: the first figures by name, from what to what and why."""
    known = figures.registered()
    parts = [
        f"{known[key].label}{drift.before}→{drift.after}（{drift.why(1)}）"
        for key, drift in changed.items()
        if drift.before != drift.after
    ]
    parts += [
        f"{known[key].label}{drift.step}"
        for key, drift in changed.items()
        if drift.last_changed and not drift.moved and not drift.changes
    ]
    if not parts:
        moved = sum(bool(drift.changes) for drift in changed.values())
        more = f"{moved}项数据所据的记录有变动，结果都没有变化。" if moved else "数据没有变化。"
        return f"已重新计算，{more}"
    more = f"等{len(parts)}项" if len(parts) > 6 else ""
    return f"已重新计算，有变化的是：{'；'.join(parts[:6])}{more}。"
