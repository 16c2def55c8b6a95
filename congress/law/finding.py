"""What a rule answers when something is wrong, and how it names its legal ground."""

from collections.abc import Iterable
from dataclasses import dataclass

from congress.law.catalogue import LAWS
from congress.law.numerals import to_chinese

NOT_HELD = "依据未收录原文"
PRACTICE = "机关内部惯例"


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a law: key of the law, article number (0 = the law as a whole), label of the edition, clause.

    `held` is False when the text of that edition is not among the texts the rules were checked against; such a
    citation prints 依据未收录原文 instead of an article number.
    """

    source_key: str
    article: int
    edition: str
    clause: str = ""

    @property
    def held(self) -> bool:
        """True when the edition cited is one whose text was read."""
        law = LAWS.get(self.source_key)
        return law is not None and law.edition(self.edition) is not None

    @property
    def text(self) -> str:
        """《全称》（2025年修正）第五十一条第二款, or the title with 依据未收录原文."""
        law = LAWS.get(self.source_key)
        if law is None:
            return f"{self.source_key}（{NOT_HELD}）"
        title = f"《{law.title.replace('《', '〈').replace('》', '〉')}》" + (f"{law.part}" if law.part else "")
        if not self.held:
            return f"{title}（{self.edition}，{NOT_HELD}）"
        place = f"第{to_chinese(self.article)}条{self.clause}" if self.article else ""
        return f"{title}（{self.edition}）{place}"

    @property
    def dated(self) -> str:
        """代表法（2025年修正）第五十一条第二款, where the full title opens beside it."""
        law = LAWS.get(self.source_key)
        place = f"第{to_chinese(self.article)}条{self.clause}" if self.article else ""
        return f"{law.short}（{self.edition}）{place}" if law and self.held else self.brief

    @property
    def brief(self) -> str:
        """代表法第五十一条第二款, for badges and table cells."""
        law = LAWS.get(self.source_key)
        name = law.short if law else self.source_key
        if not self.held:
            return f"{name}（{NOT_HELD}）"
        return f"{name}第{to_chinese(self.article)}条{self.clause}" if self.article else name

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: found by a rule of law (with its citation), by practice, or by plain sense (without).

    `blocking` False means a warning: show it, let the person decide. `field` is the form's field it belongs to. `force` is
    empty for a rule that binds a township; otherwise PRACTICE, or what the text says of townships (参照执行 …). What rests
    on a text that is not held never forbids: nobody is refused by an article nobody has read.
    """

    code: str
    message: str
    citation: Citation | None = None
    blocking: bool = True
    field: str = ""
    force: str = ""

    def __post_init__(self) -> None:
        if self.blocking and self.citation is not None and not self.citation.held:
            object.__setattr__(self, "blocking", False)

    @property
    def ground(self) -> str:
        """What it rests on as pages print it: 依据：…, 机关内部惯例…, or nothing for plain sense."""
        if self.citation is None:
            return f"{self.force}，法律没有规定" if self.force else ""
        if self.force == PRACTICE:
            return f"{PRACTICE}，法律没有直接规定；参见{self.citation.text}"
        return f"依据：{self.citation.text}" + (f"，{self.force}" if self.force else "")

    def __str__(self) -> str:
        return f"{self.message}（{self.ground}）" if self.ground else self.message


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Only the findings that forbid."""
    return [finding for finding in findings if finding.blocking]
