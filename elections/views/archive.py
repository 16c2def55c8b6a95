"""The pages of an election's papers on file, and the inventory with the hashes of stored files."""

from congress.law.archives import PERIODS
from congress.web.printing import print_view
from congress.web.records import at
from congress.wording import cdatew
from elections.actions import archive as acts
from elections.documents.archive import INVENTORY
from elections.forms import archive as forms
from elections.life import ARCHIVE
from elections.listings import archive as listings
from elections.models import ArchiveItem, Election
from elections.queries.archive import items_of, lacking, stage_of
from elections.views.kept import KeptPages


def _facts(row: ArchiveItem) -> list[tuple]:
    rows = [
        ("类别", row.get_kind_display()),
        ("选区", str(row.district or "")),
        ("份（张）数", str(row.amount)),
        ("归档日期", cdatew(row.filed_on)),
        ("保管单位", row.keeper),
        ("保管期限", f"{PERIODS[row.paper.period]}（法律没有规定，按惯例）"),
        ("状态", stage_of(row).label),
        ("备注", row.note),
    ]
    if row.sealed_on:
        rows.append(("封存", f"{cdatew(row.sealed_on)}，封签号{row.seals}，监封{row.sealed_by}"))
    if row.opened_on:
        rows.append(("最近启封", f"{cdatew(row.opened_on)}，{row.opened_why}，监督{row.opened_by}"))
    if row.destroyed_on:
        rows.append(("销毁", f"{cdatew(row.destroyed_on)}，{row.destroyed_paper}，监销{row.destroyed_by}"))
    return rows


PAGES = (
    KeptPages(
        acts.ITEMS,
        forms.ArchiveForm,
        listings.ARCHIVE,
        "archive",
        Election,
        rows=items_of,
        start=lambda election: {"election": election},
        above=lambda row: row.election,
        facts=_facts,
        reads=("election__campaign", "election__term", "district"),
        lead="选票按选区分装、封存；扫描件作为附件，目录里列出每个文件的指纹（SHA-256）。",
        all_findings=lacking,
        heads=lambda place, election: [
            (INVENTORY.words, at(place, "elections-archive-inventory", election.pk), "printer")
        ],
        template="elections/archive_item.html",
        life=ARCHIVE,
    ),
)
inventory = print_view(INVENTORY)
