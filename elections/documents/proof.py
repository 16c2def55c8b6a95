"""The proof bundle of an election (计票验证包): everything about its votes, with the program that recomputes it, as one file."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from congress.counting.tally.packed import canonical, fingerprint, number_of_files, packed
from congress.documents.kit import DocumentKind, silent
from congress.printing import Form, WorkingPaper
from congress.printing import register as offer
from elections.documents.common import ELECTION_COMMITTEE
from elections.documents.sheets import levels
from elections.models import Election
from elections.permissions import ISSUE
from elections.queries.proof import proof

VERIFIER = "verify_result.py"
BESIDE = 2  # files that every bundle has besides: the verifier and what is to be read first
README = """计票验证包

这里是一次选举全部投票的计票记录：适用的条文和事先确定的办法，公布的名单，选区、名额和选民数，票账，各计票单元的每一份录入（退回、
更正以前的也在），签认、开启和结束、结果、宣布和接续的投票，以及与这些有关的操作记录。录入和办理的人只写账号的编号。没有身份证号、
电话，没有任何一名选民怎样投票、是否投票的记录。

怎样核对（需要一台装有 Python 3.11 以上的电脑，不需要网络）：

    python3 verify_result.py 验证包.zip
    python3 verify_result.py --paper 计票指纹 验证包.zip
    python3 verify_result.py --earlier 以前的验证包.zip 验证包.zip

程序不使用计票系统的任何代码，自己按选举法第四十四条至第四十六条重算，写出“相符”，或者哪个文件、选区、单元、哪一栏不相符。
请使用从别处得到的同一程序，不要只用包里这一份：改了包的人也能改包里的程序。

效力在于纸：计票指纹与签字的《投票结果报告单》页脚相同，才是签字的那一份结果。计票指纹由票上的姓名、认定办法、各单元发出和参加的数字和
确定的录入算出，不包括退回、更正以前的录入；那些由验证包指纹（manifest.json 的 SHA-256）和操作记录保证，每次制作时记入操作记录。

同一状态制作的验证包每个字节都相同：什么时候、由谁制作，不写在包里。
"""


def gather(election: Election, options: dict) -> dict[str, Any]:
    """What the bundle holds, file by file. Raises Refused as `proof`."""
    return proof(election)


def compose(context: dict, draft: bool, progress: Callable = silent) -> bytes:
    """The bundle of these values, as a zip."""
    files = {}
    for done, (name, value) in enumerate(sorted(context.items())):
        files[name] = canonical(value)
        progress(done, len(context) + BESIDE)
    files[VERIFIER] = (settings.BASE_DIR / "script" / VERIFIER).read_bytes()
    files["说明.txt"] = README.encode()
    return packed(files)


ZIP = Form(
    "zip",
    "application/zip",
    "个文件",
    number_of_files,
    noun="验证包",
    make="制作",
    making="制作",
    ready="已做好",
    then="请打开下载；用里面的程序核对。",
    at_once=False,
    digest=fingerprint,
)
KIND = DocumentKind("elections.proof", "计票验证包", compose, issuer=ELECTION_COMMITTEE, numbering=None, told=True)
PROOF = offer(
    WorkingPaper(
        KIND,
        levels,
        gather,
        lambda context: len(context) + BESIDE,
        ISSUE,
        called=lambda election, _: f"（{election.term.get_level_display()}）",
        form=ZIP,
    )
)
