"""Reads of an annual report: its sections, the figures kept with it, and how these compare with the records of now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Exists, OuterRef

from congress import figures
from congress.figures import Changes, Computed
from reports import placeholders
from reports.models import AnnualReport, FigureUse, Section, SectionDraft


def reports():
    """Reports that stand, the newest first, with their document."""
    return AnnualReport.objects.filter(withdrawn_at__isnull=True).select_related(
        "document", "corrects__document", "township__county"
    )


def sections(report: AnnualReport) -> list[Section]:
    """The sections that stand, in their order."""
    return list(report.sections.filter(withdrawn_at__isnull=True).select_related("edited_by"))


def open_drafts(report: AnnualReport) -> list[SectionDraft]:
    """Texts kept beside another, not yet settled."""
    return list(
        SectionDraft.objects.filter(section__report=report, settled_at__isnull=True, withdrawn_at__isnull=True)
        .exclude(section__withdrawn_at__isnull=False)
        .select_related("section", "author")
    )


def kept_figures(report: AnnualReport) -> dict[str, FigureUse]:
    """The figures as they were last computed for the report, by key."""
    return {use.key: use for use in report.figures.filter(withdrawn_at__isnull=True)}


def used_keys(rows: Iterable[Section]) -> list[str]:
    """The figures the sections use, in the order of the text."""
    return placeholders.keys(*(row.text for row in rows))


def shown(use: FigureUse) -> str:
    """A kept figure as it stands in a sentence."""
    known = figures.registered().get(use.key)
    kind = known.kind if known else figures.Kind.COUNT
    return figures.show(kind, use.value, use.denominator, use.words)


@dataclass(frozen=True)
class Gone:
    """A row that counted and counts no more (or was taken back since), with the reason."""

    row: dict
    reason: str


@dataclass(frozen=True)
class Drift:
    """A kept figure beside what the records say now for the same cut-off."""

    use: FigureUse
    now: Computed | None
    changes: Changes
    gone: tuple[Gone, ...] = ()
    moved: bool = False

    @property
    def changed(self) -> bool:
        """Whether the figure must be computed anew."""
        return self.moved or bool(self.changes)

    @property
    def vanished(self) -> bool:
        """Whether records behind the kept figure are no longer there, or were taken back after the cut-off."""
        return bool(self.gone)


def drifts(report: AnnualReport, keys: Iterable[str] | None = None) -> dict[str, Drift]:
    """How the kept figures (or some of them) compare with the records; reads each kind of record once."""
    kept = kept_figures(report)
    wanted = [key for key in (keys if keys is not None else kept) if key in kept]
    known = figures.registered()
    now = figures.compute([key for key in wanted if key in known], report.township, report.year, report.cut_off)
    found = {}
    for key in wanted:
        use, computed = kept[key], now.get(key)
        rows = [row.stored() for row in computed.rows] if computed else []
        changes = figures.differences(use.rows, rows)
        moved = computed is None or (use.period_from, use.period_to, use.cut_off, use.definition) != (
            computed.period.start,
            computed.period.end,
            computed.cut_off,
            computed.figure.definition,
        )
        found[key] = Drift(use, computed, changes, (), moved)
    return _with_reasons(found)


def _with_reasons(found: Mapping[str, Drift]) -> dict[str, Drift]:
    removed = [row for drift in found.values() for row in drift.changes.removed]
    reasons = why_gone(removed)
    answers = {}
    for key, drift in found.items():
        gone = [Gone(row, reasons[row["subject"], row["id"]]) for row in drift.changes.removed]
        rows = drift.now.rows if drift.now else ()
        gone += [Gone(row.stored(), f"截止日后已撤回：{row.withdrawn}") for row in rows if row.withdrawn]
        answers[key] = Drift(drift.use, drift.now, drift.changes, tuple(gone), drift.moved)
    return answers


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
                reasons[subject, pk] = "记录已改动，不再符合口径"
    return reasons


def with_corrections(rows):
    """The reports, each told whether a document has corrected it (`was_corrected`)."""
    later = AnnualReport.objects.filter(corrects=OuterRef("pk"), document__isnull=False, withdrawn_at__isnull=True)
    return rows.annotate(was_corrected=Exists(later))
