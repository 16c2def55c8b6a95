"""The inventory of an election's papers, with which they are handed over: bags and volumes with their seals, stored files with their
SHA-256 (归档目录)."""

from congress.guard.refusal import refuse
from congress.law.archives import PERIODS
from congress.printing import WorkingPaper
from congress.printing import register as offer
from congress.wording import chinese_date
from elections.documents.common import committee_name, congress_name
from elections.documents.sheets import levels
from elections.documents.tables import pages_of, sheet, table_kind, tables
from elections.models import ArchiveItem, Election
from elections.permissions import ISSUE
from elections.queries.archive import files_of, items_of, stage_of

BLANK = "　"
BAGS = (
    ("袋（册）号", 1.2),
    ("类别", 2.2, "left"),
    ("选区", 1.8, "left"),
    ("题名", 3.2, "left"),
    ("份（张）数", 1.0),
    ("保管期限", 2.2, "left"),
    ("封签号", 1.4),
    ("状态", 1.0),
)
FILES = (("序号", 0.6), ("文件", 4.0, "left"), ("日期", 1.4), ("SHA-256", 6.0, "left"))


def inventory(election: Election) -> dict:
    """A sheet of bags and volumes, and one of stored files. Raises Refused while nothing is on file."""
    found = list(items_of(election))
    if not found:
        refuse("还没有登记归档文件。")
    head = f"{congress_name(election)}代表选举归档目录"
    sign = "移交人：　　　　　　　　接收人：　　　　　　　　监交人：　　　　　　　　年　　月　　日"
    sheets = [sheet(head, BAGS, [_bag(one) for one in found], subtitle="文件、选票", notes=[sign])]
    files = [
        [str(at), one.what, chinese_date(one.on), one.sha256] for at, one in enumerate(files_of(election), start=1)
    ]
    if files:
        sheets.append(sheet(head, FILES, files, subtitle="系统中保存的文件及其指纹", notes=[]))
    return tables(election.campaign, sheets) | {"office": committee_name(election.township, election)}


def _bag(row: ArchiveItem) -> list[str]:
    state = stage_of(row)
    told = f"{state.label}{chinese_date(row.destroyed_on)}" if row.destroyed_on else state.label
    where = str(row.district or BLANK)
    period = PERIODS[row.paper.period]
    return [row.number, row.get_kind_display(), where, row.title, str(row.amount), period, row.seals or BLANK, told]


INVENTORY = offer(
    WorkingPaper(table_kind("archive", "归档目录"), levels, lambda found, _: inventory(found), pages_of, ISSUE)
)
