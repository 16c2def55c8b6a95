"""The form on which a voter registers (选民登记表): what is known is filled in, and a code brings its row back to the screen: a
signed key, and nothing of the person.

Those of a group are few; those of a whole district are made by a job, and lie sealed: they hold birthdays.
"""

from collections.abc import Callable
from functools import partial
from urllib.parse import urljoin

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse

from congress.documents.cards import Card, cards_pdf
from congress.documents.fonts import Typeface, replaced
from congress.documents.joined import join
from congress.documents.kit import DocumentKind, register, silent
from congress.guard.refusal import refuse
from congress.printing import WorkingPaper
from congress.printing import register as offer
from congress.web.orders import by_number
from congress.wording import chinese_date
from deputies.models import District
from elections.documents.cards import BLANK
from elections.documents.common import DAY_TO_COME, ELECTION_COMMITTEE, congress_name, metadata
from elections.documents.sheets import levels
from elections.models import Election, Registration
from elections.permissions import ISSUE
from elections.queries import lists as queries

_SIGNER = Signer(salt="elections.registration-form")
DOWN, PIECE = 2, 40  # forms on a page; forms that are typeset at once
SIZE = 14.0  # points


def token_of(registration: Registration) -> str:
    """The signed key that a form bears; it tells nothing of the person."""
    return _SIGNER.sign(registration.pk.hex)


def registration_of(token: str, rows: QuerySet) -> Registration | None:
    """The row of a form's token among these; None for one that is none, or was made elsewhere."""
    try:
        key = _SIGNER.unsign(token)
    except BadSignature:
        return None
    found: Registration | None = rows.filter(pk=key).first()
    return found


def compose_forms(context: dict, draft: bool, progress: Callable = silent) -> bytes:
    """The PDF of registration forms, two to a page."""
    foot = tuple(context["foot"])

    def sheets(forms: list[dict], first_page: int) -> bytes:
        cards = [
            Card((context["title"],), tuple(tuple(row) for row in one["rows"]), foot, one["name"], one["code"])
            for one in forms
        ]
        said = {"title": context["title"], "draft": draft, "metadata": metadata(context)}
        return cards_pdf(cards, across=1, down=DOWN, size=SIZE, **said)

    forms = context["forms"]
    pieces = (partial(sheets, forms[at : at + PIECE]) for at in range(0, len(forms), PIECE))
    return join(pieces, progress, _pages(context), "正在排登记表")


def _pages(context: dict) -> int:
    return -(-len(context["forms"]) // DOWN)


def registration_forms(election: Election, options: dict) -> dict:
    """The forms of everybody on the roll in the `district` or `group`, or of one `registration`, each with its code on the `site`
    through which it was asked for; numbers of identity and telephones are written in by hand. Raises Refused for nobody."""
    only = {f"{name}_id": options[name] for name in ("district", "group") if name in options}
    only |= {"pk": options["registration"]} if "registration" in options else {}
    doors = "group__number", by_number("voter__household_no"), "voter__stroke_key"
    rows = queries.on_roll(election).filter(**only).select_related("voter", "district", "group").order_by(*doors)
    forms = [_form(row, election, options["site"]) for row in rows.iterator(chunk_size=2000)]
    if not forms:
        refuse("这里还没有登记选民。", "group" if "group" in options else "district")
    return {
        "title": f"{congress_name(election)}代表选举选民登记表",
        "office": ELECTION_COMMITTEE.named(election.township, election),
        "foot": [
            "本人已核对以上内容。",
            f"选民（家属）签名：{BLANK}{BLANK}　登记员：{BLANK}{BLANK}　日期：{DAY_TO_COME}",
        ],
        "forms": forms,
    }


def _form(row: Registration, election: Election, site: str) -> dict:
    name = replaced(row.voter.name, Typeface.NAME)[0]
    path = reverse("elections-form", args=[election.township.code, token_of(row)])
    return {"name": name, "code": urljoin(site, path), "rows": _rows(row, name)}


def _rows(row: Registration, name: str) -> list[tuple[str, str]]:
    voter = row.voter
    group = f"　{row.group}" if row.group else ""
    return [
        ("选区、小组", f"{row.district}{group}"),
        ("户号", voter.household_no or BLANK),
        ("姓名", name),
        ("性别", voter.get_gender_display()),
        ("出生日期", f"{chinese_date(voter.birth_date)}（{voter.get_evidence_display()}）"),
        ("民族", voter.ethnicity),
        ("身份证号", BLANK),
        ("村（社区）、住址", voter.village or BLANK),
        ("工作单位", voter.employer or BLANK),
        ("户籍所在地", voter.get_household_display()),
        ("登记类型", row.get_ground_display()),
        ("联系电话", BLANK),
    ]


def _called(election: Election, options: dict) -> str:
    """Of which district, for whom several are made."""
    found = District.objects.filter(pk=options.get("district")).first()
    return f"（{found}）" if found else ""


FORMS = offer(
    WorkingPaper(
        register(
            DocumentKind(
                "elections.forms", "选民登记表", compose_forms, issuer=ELECTION_COMMITTEE, numbering=None, told=True
            )
        ),
        levels,
        registration_forms,
        _pages,
        ISSUE,
        called=_called,
    )
)
