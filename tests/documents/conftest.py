"""Texts and finished PDFs that several tests of the documents measure. Places and people are invented."""

import pytest

from congress.documents import text
from congress.documents.cleaning import clean
from congress.documents.render import render
from tests import judge

# The outside judge and the client's text stand beside the repository or not at all.
collect_ignore = [] if judge.STANDS else ["test_outside_judge.py"]

TITLE = "××镇人民代表大会主席团\n2025年工作总结和2026年工作安排"
SENTENCES = (
    "一年来，镇人大主席团在镇党委的领导下，围绕“促发展、惠民生、保稳定”的目标，认真履行宪法和法律赋予的职责，"
    "组织代表视察3次，调研12次，收到代表建议58件，办结率达到96.5%，较好地完成了各项任务。"
)
NOTICE = """各村民委员会、居民委员会，镇直各单位：
根据《中华人民共和国全国人民代表大会和地方各级人民代表大会选举法》的有关规定，现就做好我镇代表选举工作通知如下：
一、时间安排
全镇统一于2026年3月15日投票选举。选民登记自2026年1月5日开始，至2026年2月20日结束；选民名单于2026年2月23日前张榜公布。
二、工作要求
（一）加强组织领导
各选区要严格执行有关程序，确保选举工作依法、有序、平稳进行。张喆、王堃、李昇、赵䶮、钱㛃、孙𬭎等6名同志负责联系各选区工作。
（二）严格依法办事
1.严把登记关。按照“不错登、不漏登、不重登”的要求，认真核对选民名单，登记率应达到99.5%以上——对外出人员要逐户联系……
2.严把提名关。依法保障选民的选举权和被选举权，任何组织和个人不得以任何方式干预选民推荐代表候选人。
（1）政党、人民团体可以联合或者单独推荐代表候选人。
（2）选民十人以上联名，也可以推荐代表候选人。
附件：1.××镇第十八届人民代表大会代表名额分配表
2.××镇选区划分及选民登记一览表
××镇选举委员会
2026年1月4日"""
ROSTER = (
    text.Column("序号", 10),
    text.Column("姓名", 26, name=True),
    text.Column("性别", 12),
    text.Column("选区", 30, "left"),
    text.Column("单位及职务", 60, "left"),
)
NAMES = ("张喆", "王堃", "李昇", "欧阳犇", "周祎", "吴旻", "郑昉", "冯玥", "陈㛃", "赵䶮", "孙𬭎", "阿依古丽·买买提")


def report_text() -> str:
    """Four pages with all four levels of headings."""
    lines = [SENTENCES * 3]
    for first in ("一、2025年工作总结", "二、2026年工作安排"):
        lines.append(first)
        for number in "一二":
            lines += [f"（{number}）围绕中心，服务大局，依法履行职责", SENTENCES * 2]
            lines += [f"{n}.坚持党的领导。{SENTENCES}" for n in (1, 2)]
            lines.append(f"（1）加强学习。{SENTENCES}")
    return "\n".join(lines)


def notice_blocks(sealed: bool = True) -> list:
    """A notice with masthead, attachments, signature and imprint."""
    body = text.blocks_from_text(clean(NOTICE)[0], "关于做好××镇第十八届人民代表大会代表选举工作的通知", sealed)
    head = text.Masthead("××镇选举委员会文件", "×选发〔2026〕3号")
    return [head, *body, text.Imprint("××镇选举委员会办公室", "2026年1月4日", "县选举委员会，镇党委，镇人大主席团")]


def roster(rows: int, *, landscape: bool = True, **options) -> text.TableDoc:
    """A roster with rare names."""
    values = [
        (i + 1, NAMES[i % len(NAMES)], "女" if i % 3 else "男", f"第{i % 9 + 1}选区", "××镇××村") for i in range(rows)
    ]
    return text.TableDoc("××镇第十八届人民代表大会代表花名册", ROSTER, values, landscape=landscape, **options)


@pytest.fixture(scope="session")
def report_blocks() -> list:
    return text.blocks_from_text(clean(report_text())[0], TITLE)


@pytest.fixture(scope="session")
def report_pdf(report_blocks) -> bytes:
    return render(report_blocks, title="主席团工作总结")


@pytest.fixture(scope="session")
def notice_pdf() -> bytes:
    return render(notice_blocks(), title="选举工作通知", profile="official")


@pytest.fixture(scope="session")
def roster_pdf() -> bytes:
    return render(roster(40, foot=("制表单位：××镇人民代表大会主席团", "2026年3月1日")), profile="table")
