"""Every sentence of every shipped structure over the values of its figures: nothing is praised that the figures deny."""

import itertools
import re
from dataclasses import replace
from datetime import date

import pytest

from congress import figures
from congress.figures import Kind
from reports import growth, judging, outline, placeholders, problems, structures
from reports.conditions import RULES
from reports.kinds import ANNUAL, KINDS
from reports.sentences import Line, Part, joined, lines_of, listed
from reports.story import Place, Story, Value

PLACE = Place("云溪镇", "镇", "区", "美丽云溪")
SAID = {"指导思想": "甲思想", "重要会议": "乙会议", "总部署": "“丙”", "主题活动": "“丁”", "学习教育": "“戊”学习教育"}
SPRING, AUTUMN = date(2022, 3, 1), date(2022, 9, 1)
MOST = 60  # combinations of one sentence's figures; beyond, every second, third… of them
BAD_MARKS = re.compile(r"[，；：、][，；：、。]|。[，；、。]|：$|^[，；、。]")
ZERO = re.compile(r"(?<![\d.])0(?:余)?[件次条人名个项户场期批%]")
FRAGMENT = re.compile(r"(?:代表中|其中)。|，[一二三四五六七八]是|，(?:全.)?共选举|，随后")
NOBODY = re.compile(r"—|\{|\}|【|】")


def told_values(kind: str) -> dict[str, Value]:
    """Nothing, and everything, for every figure."""
    if kind == "nothing":
        return {key: Value(of) for key, of in structures.kinds().items()}
    return {
        key: Value(of, 40, 40, SPRING, AUTUMN) if of == Kind.SHARE else Value(of, 40, 0, SPRING, AUTUMN)
        for key, of in structures.kinds().items()
    }


class Shown(dict):
    """Every figure as it is spoken, in every form; made when it is asked for."""

    def __init__(self, values: dict[str, Value], before: dict[str, Value] | None = None, words=None):
        super().__init__()
        self.values_of, self.before, self.words = values, before or {}, words or {}

    def __missing__(self, name: str) -> str:
        key, _, form = name.partition("|")
        value = self.values_of[key]
        base = value.denominator if value.kind == Kind.SHARE else None
        spoken = figures.spoken(value.kind, value.value, base, self.words.get(key, "甲、乙" if value.value else ""))
        if form in placeholders.BESIDE:
            return growth.forms(figures.registered()[key].unit, value, self.before.get(key))[form]
        return placeholders.forms_of(spoken, value.value, base)[form]


def whole(values, key):
    return values[key].whole


def in_time(values):
    return whole(values, "suggestions.reply_rate") and whole(values, "suggestions.on_time_rate")


# What may be said only when it is true.
TRUE_ONLY_WHEN = {
    "件件有答复": in_time,
    "件件按期答复": in_time,
    "全部在规定期限内答复": in_time,
    "监督到位": lambda v: in_time(v) and v["suggestions.final_fair_rate"].reaches(90),
    "各项要求全部达到": lambda v: 0 < v["stations.complete"].value == v["stations.count"].value,
    "应当办理的全部办结": lambda v: whole(v, "receptions.resolved_rate"),
    "都有了书面答复": lambda v: whole(v, "suggestions.reply_rate"),
    "件全部落实": lambda v: whole(v, "promises.kept_rate"),
    "事项全部落实": lambda v: whole(v, "promises.kept_rate"),
    "按时参加会议": lambda v: v["presidium.attendance"].reaches(95),
}
# Rates a chapter of achievements tells only where they are good.
GOOD_ONLY = {"sessions.attendance": 90, "suggestions.final_fair_rate": 90}


def holds_to_the_figures(text: str, values: dict[str, Value], where: str, good_only=GOOD_ONLY, before=None) -> None:
    """The text says nothing that its figures deny, no zero, no broken sentence."""
    if not text:
        return
    for key, least in good_only.items():
        assert placeholders.token(key) not in text or values[key].reaches(least), (where, key, text)
    text = "\n".join(line for line in text.splitlines() if not placeholders.table(line))
    said = placeholders.fill(text, Shown(values, before))
    assert not ZERO.search(said), (where, said)
    assert not NOBODY.search(said), (where, said)
    for line in said.splitlines():
        assert not BAD_MARKS.search(line), (where, line)
        assert not FRAGMENT.search(line), (where, line)
        assert line.endswith("。"), (where, line)
    left = re.sub("“[^”]*”", "", said)
    for words, true in TRUE_ONLY_WHEN.items():
        assert words not in left or true(values), (where, words, said)
        left = left.replace(words, "")
    assert judging.praises(left) == "", (where, said)


def combinations(keys, conditions, kinds):
    """The corner values of some figures, all with all, or (where these are too many) evenly chosen ones."""
    each = []
    for key in keys:
        asked = [one for one in conditions if key in one.keys]
        each.append(list(dict.fromkeys(now for now, _ in judging.corners(kinds[key], asked))))
    number = 1
    for values in each:
        number *= len(values)
    step = number // MOST + 1
    return itertools.islice(itertools.product(*each), 0, None, step)


def years_before(values: dict[str, Value], line: Line) -> list[dict[str, Value]]:
    """The year before: the same; and for a sentence that speaks of it, nothing, less, more, and a little of everything."""
    if not line.beside and not any(RULES[one.word].beside for one in line.conditions):
        return [values]

    def times(by: float) -> dict[str, Value]:
        return {key: replace(one, value=int(one.value * by)) for key, one in values.items()}

    return [values, {}, times(0), times(0.5), times(0.99), times(2)]


@pytest.mark.parametrize("key", structures.shipped())
def test_no_sentence_says_what_its_figures_deny(key):
    kinds, tried = structures.kinds(), 0
    starts = {start: told_values(start) for start in ("nothing", "everything")}
    good_only = {} if key == "suggestions" else GOOD_ONLY  # a report on nothing else tells the rate as it is
    for part in structures.shipped()[key].parts:
        for paragraph in part.paragraphs:
            alone = Part(part.level, part.heading, part.at, (), [paragraph], part.ahead)
            for line in paragraph.lines:
                conditions = (*part.conditions, *paragraph.conditions, *line.conditions)
                keys = list(dict.fromkeys([*(k for one in conditions for k in one.keys), *line.keys]))
                for start, base in starts.items():
                    for chosen in combinations(keys, conditions, kinds):
                        values = base | dict(zip(keys, chosen, strict=True))
                        for before in years_before(values, line):
                            story = Story(PLACE, 2022, values, before, SAID, SAID, renewal=start == "everything")
                            holds_to_the_figures(alone.told(story), values, f"{key} {line.at}", good_only, before)
                            tried += 1
    assert tried > 200


def test_problems_are_told_with_their_counts_and_only_where_there_are_some():
    kinds = structures.kinds()
    nothing, everything = told_values("nothing"), told_values("everything")
    for one in problems.known().values():
        conditions, keys = one.line.conditions, one.evidence
        assert keys, one.key
        for chosen in combinations(keys, conditions, kinds):
            values = nothing | dict(zip(keys, chosen, strict=True))
            for before in (everything, *years_before(values, one.line)):
                if said := one.said(Story(PLACE, 2022, values, before)):
                    holds_to_the_figures(joined([said]), values, one.key, {}, before)
    perfect = told_values("everything")
    for key in ("suggestions.late", "suggestions.unanswered", "receptions.remaining", "promises.overdue"):
        perfect[key] = Value(Kind.COUNT)
    assert outline.shortcomings(ANNUAL, Story(PLACE, 2022, perfect)) == []


@pytest.mark.parametrize(
    ("stations", "silent", "said"),
    [
        (3, 2, "3个代表联络站（点）中有2个没有开展过接待选民活动"),
        (1, 1, "代表联络站没有开展过接待选民活动"),
        (3, 0, ""),
    ],
)
def test_stations_without_reception_are_a_problem_with_its_evidence(stations, silent, said):
    values = {"stations.count": Value(Kind.COUNT, stations), "stations.silent": Value(Kind.COUNT, silent)}
    told = [(one, one.said(Story(PLACE, 2022, values))) for key, one in problems.known().items() if "silent" in key]
    assert [placeholders.fill(text, Shown(values)) for _, text in told if text] == ([f"{said}；"] if said else [])
    assert all({"stations.count", "stations.silent"} == set(one.evidence) for one, _ in told)


# A rest is told where the other parts of the whole are told too, or a listener who adds up finds some missing.
PARTS_OF_THE_WHOLE = {
    "receptions.remaining": {"receptions.resolved", "receptions.declined"},
    "suggestions.unanswered": {"suggestions.replied"},
    "officers_received.remaining": {"officers_received.resolved"},
    "promises.pending": {"promises.due"},
}


@pytest.mark.parametrize("key", structures.shipped())
def test_a_rest_is_told_beside_every_other_part(key):
    for part in structures.shipped()[key].parts:
        lines = [line for _, line in lines_of(part)]
        told = {key for line in lines for key in line.keys}
        for line in lines:
            if "其余" in line.text:
                assert line.keys, line.text
                for rest in line.keys:
                    assert PARTS_OF_THE_WHOLE[rest] <= told, line.text


def test_the_shipped_texts_are_right():
    assert structures.wrong() == []
    assert problems.wrong() == []
    usual = ["seed", "congress", "powers"]
    assert list(structures.shipped()) == [*usual, "half", "suggestions", "upward", "stations", "brief"]
    for one in structures.shipped().values():
        assert one.name
        assert one.about
        assert any(part.ahead for part in one.parts) == (one.key in usual)
        assert bool(one.topic) == KINDS[one.kind].topical


@pytest.mark.parametrize(
    "text",
    [
        "【增幅 receptions.people 20】接待选民比上年大幅{{receptions.people|增幅}}",
        "【降幅 suggestions.late 20】逾期建议比上年显著减少",
        "比上年同期的{{receptions.people|上年}}人次有了变化",
        "连同上年结转的一并办理",
        "【持平 receptions.people】同上年持平",
    ],
)
def test_what_its_figures_bear_out_may_be_said_of_the_year_before(text):
    assert structures.read(HEAD + text)[1] == []


HEAD = "一、{年}年工作总结\n\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{nothing.here}}件", "没有这项数据：nothing.here"),
        ("【有 nothing.here】一件", "没有这项数据：nothing.here"),
        ("{{接待}}件", "没有这项数据：接待"),
        ("{{receptions.people|约}}人次", "不认识的写法“约”"),
        ("{{receptions.people}人次", "大括号没有成对"),
        ("【若有 receptions.people】接待", "不认识的条件“若有”"),
        ("【】接待", "不认识的条件“”"),
        ("接待【有 receptions.people】选民", "条件要写在句子前面"),
        ("【好 suggestions.on_time_rate】答复", "最后要写一个数"),
        ("【好 receptions.people 90】接待", "“接待选民”不是百分比"),
        ("【达到 receptions.people】接待", "要写2项数据"),
        ("【有其一 receptions.people】接待", "至少要写2项数据"),
        ("【有】接待", "要写数据"),
        ("【明年换届 receptions.people】换届", "不写数据"),
        ("建设{美好未来}", "不认识的词语“{美好未来}”"),
        ("主要有{不足}", "要单独写一行"),
        ("接待选民\n【有 receptions.people】", "条件后面没有句子"),
        ("*【有 receptions.people】", "*后面没有句子"),
        ("二、接待{{receptions.people}}人次", "标题中不能使用数据"),
        ("二、" + "长" * 81, "标题太长"),
        ("【没有 receptions.people】接待{{receptions.people}}人次", "永远不会写入"),
        ("【少于 receptions.people 3】【不少于 receptions.people 5】接待", "永远不会写入"),
        ("【好 suggestions.on_time_rate 90】【差 suggestions.on_time_rate 80】答复", "永远不会写入"),
        ("【明年换届】【届中】换届", "永远不会写入"),
        ("【增加 receptions.people】【减少 receptions.people】接待", "永远不会写入"),
        ("【增加 elections.registered】登记", "不能同上年比较"),
        ("类别比上年{{receptions.categories|增减}}", "不能同上年比较"),
        ("【增加 receptions.people】大幅{{receptions.people|增减}}", "“大幅”要有数据支持"),
        ("【增幅 suggestions.late 20】逾期建议显著增加", "“显著”要有数据支持"),
        ("【增幅 suggestions.submitted】提出建议", "最后要写一个数"),
        ("接待选民比上年增加", "写“增加”要有数据支持"),
        ("【减少 receptions.people】接待选民比去年同期增长", "写“增长”要有数据支持"),
        ("接待选民同上年相仿", "同上年比较要有数据支持"),
        ("比上年增加{{receptions.people|增减}}", "前面不要再写“增加”"),
        ("比上年{{receptions.people|增幅}}人次", "后面不要再写“人次”"),
        ("【始于去年 receptions.people】【始于今年 receptions.people】接待", "永远不会写入"),
        ("按期答复率{{suggestions.on_time_rate}}，主席团跟踪监督到位", "“监督到位”要有数据支持"),
        ("【全部 suggestions.reply_rate】答复率{{suggestions.on_time_rate}}，件件有答复", "要写明它好到什么程度"),
    ],
)
def test_what_cannot_be_is_said_with_its_line(text, said):
    _, found = structures.read(HEAD + text)
    assert found
    assert said in str(found[0]), found
    assert "第3行" in str(found[0]) or "第4行" in str(found[0])


def test_a_text_without_headings_is_refused():
    assert "至少要有一个标题" in str(structures.read("只有一段话。")[1][0])
    assert "至少要有一个标题" in str(structures.read("")[1][0])


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["甲，", "；乙，"], "甲；乙。"),
        (["甲。", "，乙"], "甲。乙"),
        (["甲", "，乙，", "。"], "甲，乙。"),
        (["，甲。"], "甲。"),
        ([], ""),
    ],
)
def test_where_two_marks_meet_the_later_one_stands(pieces, text):
    assert joined(pieces) == text


def test_a_single_one_has_no_number():
    assert listed(["甲。"]) == ["甲。"]
    assert listed(["甲。", "乙。"]) == ["一是甲。", "二是乙。"]


def test_a_figure_that_is_offered_no_longer_leaves_its_sentence_out():
    parts = structures.shipped()["seed"].parts
    told = outline.propose(parts, Story(PLACE, 2022, {}, said=SAID, ahead=SAID))
    assert "一、" not in told[0].text
    assert not any(placeholders.keys(one.text) for one in told)


def test_two_years_read_differently_where_the_facts_differ():
    year = told_values("everything")
    texts = set()
    for change in (
        {},
        {"receptions.people": Value(Kind.COUNT, 3, 0, SPRING, SPRING)},
        {"suggestions.late": Value(Kind.COUNT, 3, 0, SPRING, SPRING)},
        {"suggestions.on_time_rate": Value(Kind.SHARE, 20, 40, SPRING, AUTUMN)},
    ):
        values = year | change
        for key, one in structures.shipped_for("annual").items():
            told = outline.propose(one.parts, Story(PLACE, 2022, values, told_values("everything"), SAID, SAID))
            texts.add((key, placeholders.fill("\n".join(part.text for part in told), Shown(values))))
    assert len(texts) == 12


def test_lists_of_own_things_are_put_in_as_items_of_their_own():
    parts, found = structures.read("一、{明年}年工作安排\n\n*抓好学习。\n\n*{明年事项}")
    assert found == []
    story = replace(Story(PLACE, 2022, {}), inserts={"明年事项": ["修路", "建站。"]})
    assert outline.propose(parts, story)[0].text == "一是抓好学习。\n二是修路。\n三是建站。"
    assert outline.propose(parts, Story(PLACE, 2022, {}))[0].text == "抓好学习。"


def test_a_condition_alone_governs_its_paragraph():
    parts, found = structures.read("一、总结\n\n【有 receptions.people】\n接待。\n收集。\n\n全年。")
    assert found == []
    assert outline.propose(parts, Story(PLACE, 2022, {}))[0].text == "全年。"
    values = {"receptions.people": Value(Kind.COUNT, 1)}
    assert outline.propose(parts, Story(PLACE, 2022, values))[0].text == "接待。收集。\n全年。"


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (9, "9"), (10, "10"), (23, "20余"), (117, "110余"), (120, "120"), (1234, "1200余"), (99999, "99000余")],
)
def test_about_is_never_more_than_the_number(number, words):
    assert placeholders.about(number) == words
    assert int(words.rstrip("余")) <= number


def proposal(key: str, **numbers: int) -> dict[str, str]:
    """What a report of a structure begins with where only these figures have something to tell; __ stands for the dot of a key."""
    kinds = structures.kinds()
    values = {
        figure: Value(kinds[figure], number, number if kinds[figure] == Kind.SHARE else 0, SPRING, SPRING)
        for figure, number in ((name.replace("__", "."), number) for name, number in numbers.items())
    }
    structure = structures.shipped()[key]
    told = outline.propose(structure.parts, Story(PLACE, 2022, values, {}, SAID, SAID), KINDS[structure.kind])
    return {one.heading: placeholders.fill(one.text, Shown(told_values("nothing") | values)) for one in told}


@pytest.mark.parametrize("key", ["seed", "congress", "powers"])
@pytest.mark.parametrize(("replied", "told"), [(6, True), (8, False), (9, False)])
def test_more_ratings_than_answers_are_explained(key, replied, told):
    numbers = {"handled": 9, "assigned": 9, "submitted": 9, "replied": replied, "rated": 8, "final_fair_rate": 8}
    text = "".join(proposal(key, **{f"suggestions__{name}": number for name, number in numbers.items()}).values())
    assert ("连同以前答复的，代表已评价的8件，都评为满意" in text) == told
    assert "代表已评价的8件，都评为满意" in text


@pytest.mark.parametrize(("key", "more"), [("half", "开展监督"), ("congress", "做好监督工作")])
def test_a_heading_speaks_of_supervision_only_where_there_was_some(key, more):
    without, given = proposal(key, sessions__count=2), proposal(key, sessions__count=2, law_checks__count=1)
    assert "依法开好会议" in without
    assert f"依法开好会议，{more}" not in without
    assert "执法检查1次" in given[f"依法开好会议，{more}"]
    assert "依法开好会议" not in given


def test_what_is_no_part_of_another_number_is_not_read_as_one():
    """已解决7条，其中当场答复4条，不属于受理范围2条 would be heard as two parts of the seven."""
    parts = {"count": 4, "people": 9, "matters": 10, "resolved": 7, "on_the_spot": 4, "declined": 2, "remaining": 1}
    told = "".join(proposal("seed", **{f"receptions__{name}": number for name, number in parts.items()}).values())
    assert "已解决7条，其中当场答复4条；不属于受理范围、告知其他渠道2条；其余1条正在办理。" in told
