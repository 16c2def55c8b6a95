"""The lists of who is named, of the forms that name, of signatures, and of what units say."""

from django.db.models import Q

from congress.web.records import url_of
from congress.web.search import Among, Name, Said
from congress.web.table import Badge, Col, Listing, by_field
from deputies.models import District
from elections.models import (
    NominatingBody,
    Nomination,
    NominationSigner,
    Nominee,
    Vetting,
    VettingUnit,
)

STATES = {
    Nomination.State.RECEIVED: "warning",
    Nomination.State.ACCEPTED: "good",
    Nomination.State.REFUSED: "neutral",
}
_OPINIONS = {
    Vetting.Opinion.WAITING: "warning",
    Vetting.Opinion.CLEAR: "good",
    Vetting.Opinion.ADVICE: "info",
    Vetting.Opinion.LEGAL: "bad",
}
NAMED_BY = {(True, True): "团体推荐、选民联名", (True, False): "团体推荐", (False, True): "选民联名"}


VETTED = {
    "有法定情形": Q(legal=True),
    "待答复": Q(unanswered__gt=0),
    "有地方建议": Q(advised=True),
    "没有送审": Q(asked=0),
    "没有不同意见": Q(asked__gt=0, unanswered=0, advised=False, legal=False),
}


def _link(row, place) -> str:
    return url_of(row, place)


def standing_of(row: Nominee) -> Badge:
    """Where somebody named stands."""
    if row.left_on is not None:
        return Badge(str(row.get_left_how_display()), "neutral")
    if row.by_bodies or row.by_voters:
        return Badge("列入名单", "good")
    return Badge("推荐表待核对", "warning") if row.unchecked else Badge("还没有有效的推荐表", "bad")


def vetted(row: Nominee) -> Badge:
    """What the units say, in one word: advice never changes where somebody stands."""
    if row.legal:
        return Badge("有法定情形", "bad")
    if row.unanswered:
        return Badge("待答复", "warning")
    if row.advised:
        return Badge("有地方建议", "info")
    return Badge("没有不同意见", "good") if row.asked else Badge("没有送审")


NOMINEES = Listing(
    title="代表候选人",
    name="nominees",
    columns=[
        Col("name", "姓名", lambda x: x.name, "stroke_key", _link, find=Name("name")),
        Col(
            "district",
            "选区",
            lambda x: str(x.district),
            "district__number,stroke_key",
            find=Among("district", District.objects.kept),
        ),
        Col("gender", "性别", lambda x: x.get_gender_display(), "gender,stroke_key", find="gender"),
        Col("birth_date", "出生日期", lambda x: x.birth_date, "birth_date", find="birth_date"),
        Col("party", "政治面貌", lambda x: x.get_party_display(), "party,stroke_key", find="party"),
        Col("employer_post", "单位和职务", lambda x: x.employer_post, "employer_post,stroke_key", find="employer_post"),
        Col(
            "named_by",
            "推荐者",
            lambda x: NAMED_BY.get((x.by_bodies, x.by_voters), ""),
            "by_bodies,by_voters,stroke_key",
            find=Said({"团体推荐": Q(by_bodies=True), "选民联名": Q(by_voters=True)}),
        ),
        Col("consent", "本人意见", lambda x: x.get_consent_display(), "consent,stroke_key", find="consent"),
        Col("vetting", "联审", vetted, "unanswered,asked,stroke_key", find=Said(VETTED)),
        Col("state", "状态", standing_of, "left_on,by_voters,by_bodies,stroke_key"),
    ],
    default="district",
    search=("search_text",),
    search_hint="姓名、拼音首字母、选区、单位",
    filters=[
        by_field("consent", "本人意见", Nominee.Consent.choices),
        by_field("gender", "性别", Nominee._meta.get_field("gender").choices),
    ],
    empty=("还没有推荐代表候选人", "收到推荐表以后，先登记被推荐人，再登记推荐表。"),
    empty_icon="person-plus",
)
NOMINATIONS = Listing(
    title="推荐表",
    name="nominations",
    columns=[
        Col(
            "nominee",
            "被推荐人",
            lambda x: x.nominee.name,
            "nominee__stroke_key,submitted_on",
            _link,
            find=Name("nominee__name"),
        ),
        Col(
            "district",
            "选区",
            lambda x: str(x.nominee.district),
            "nominee__district__number,nominee__stroke_key,submitted_on",
            find=Among("nominee__district", District.objects.kept),
        ),
        Col("kind", "推荐方式", lambda x: x.get_kind_display(), "kind,submitted_on", find="kind"),
        Col("number", "编号", lambda x: x.number, "number,submitted_on", find="number"),
        Col("submitted_on", "提出日期", lambda x: x.submitted_on, "submitted_on", find="submitted_on"),
        Col(
            "state", "状态", lambda x: Badge(x.get_state_display(), STATES[x.state]), "state,submitted_on", find="state"
        ),
    ],
    default="district",
    days="submitted_on",
    search_hint="姓名、选区、编号",
    filters=[
        by_field("kind", "推荐方式", Nomination.Kind.choices),
        by_field("state", "状态", Nomination.State.choices),
    ],
    empty=("还没有推荐表", "在被推荐人的页面上登记收到的推荐表。"),
    empty_icon="file-earmark-text",
)
BODIES = Listing(
    title="推荐的政党、人民团体",
    name="nominating-bodies",
    columns=[
        Col("name", "名称", lambda x: x.name, "name", _link, find="name"),
        Col("kind", "类别", lambda x: x.get_kind_display(), "kind,name", find="kind"),
        Col("rank", "级别", lambda x: x.get_rank_display(), "rank,name", find="rank"),
    ],
    default="name",
    filters=[by_field("kind", "类别", NominatingBody.Kind.choices)],
    search_hint="名称",
    empty=("还没有登记政党、人民团体", "各政党、各人民团体可以联合或者单独推荐代表候选人，先在这里登记名称和级别。"),
)
UNITS = Listing(
    title="联审单位",
    name="vetting-units",
    columns=[
        Col("name", "单位", lambda x: x.name, "name", _link, find="name"),
        Col("days", "几日内答复", lambda x: x.days, "days,name", numeric=True, find="days"),
    ],
    default="name",
    search_hint="单位名称",
    empty=("还没有登记联审单位", "联审是当地做法，法律没有规定；要送哪些单位，在这里登记。"),
)
VETTINGS = Listing(
    title="联审意见",
    name="vettings",
    columns=[
        Col(
            "nominee",
            "被推荐人",
            lambda x: x.nominee.name,
            "nominee__stroke_key,unit__name",
            _link,
            find=Name("nominee__name"),
        ),
        Col(
            "district",
            "选区",
            lambda x: str(x.nominee.district),
            "nominee__district__number,nominee__stroke_key,unit__name",
            find=Among("nominee__district", District.objects.kept),
        ),
        Col(
            "unit",
            "单位",
            lambda x: str(x.unit),
            "unit__name,nominee__stroke_key",
            find=Among("unit", VettingUnit.objects.kept),
        ),
        Col("asked_on", "送审日期", lambda x: x.asked_on, "asked_on", find="asked_on"),
        Col("due_on", "答复期限", lambda x: x.due_on, "due_on", find="due_on"),
        Col("answered_on", "答复日期", lambda x: x.answered_on, "answered_on", find="answered_on"),
        Col(
            "opinion",
            "意见",
            lambda x: Badge(x.get_opinion_display(), _OPINIONS[x.opinion]),
            "opinion,due_on",
            find="opinion",
        ),
        Col("words", "意见内容", lambda x: x.words, "words", find="words"),
    ],
    default="district",
    days="due_on",
    search_hint="姓名、单位、意见",
    filters=[by_field("opinion", "意见", Vetting.Opinion.choices)],
    empty=("还没有送审", "登记联审单位以后，在代表候选人名单上点“送联审”，一次送给各单位。"),
)


def signature_of(row: NominationSigner) -> Badge:
    """Whether a signature counts, and why it does not."""
    if row.struck:
        return Badge("不计", "neutral")
    if row.counts:
        return Badge("有效", "good")
    return Badge("不在本选区名单上", "bad") if row.registration_id else Badge("待核对", "warning")
