"""What a row of a roster says of a person: official words, names with notes, what is masked or left out."""

import pytest

from congress.guard.action import Refused
from deputies.imports import words
from deputies.models import Deputy
from tests.imports.ledgers import one, seen
from tests.spreadsheets.books import id_number


def _by_class(*groups: tuple[str, str]) -> dict[str, str]:
    """{word: the class it counts in}."""
    return {word: name for name, found in groups for word in found.split()}


GB4762 = _by_class(
    ("中共党员", "中国共产党党员 中国共产党预备党员 中共党员 中共预备党员"),
    ("群众", "中国共产主义青年团团员 群众 共青团员"),
    (
        "民主党派",
        (
            "中国国民党革命委员会会员 中国民主同盟盟员 中国民主建国会会员 "
            "中国民主促进会会员 中国农工民主党党员 中国致公党党员 九三学社社员 "
            "台湾民主自治同盟盟员 民革党员 民盟盟员 民建会员 民进会员 农工党党员 "
            "致公党党员 台盟盟员 "
        ),
    ),
    ("无党派", "无党派民主人士 无党派人士"),
)


GB4658 = _by_class(
    ("研究生", ("研究生教育 博士研究生毕业 硕士研究生结业 研究生班肄业 省委党校研究生 硕士 在职研究生 ")),
    (
        "本科",
        ("大学本科教育 大学本科毕业 大学普通班毕业 中央党校大学 大学（在职） 本科毕业 党校本科 大学普通班 自考本科 "),
    ),
    ("大专", "大学专科教育 大学专科毕业 函授大专"),
    ("高中（中专）", ("中等职业教育 中等专科毕业 职业高中毕业 技工学校结业 普通高级中学教育 普通高中毕业 中技 ")),
    ("初中", "初级中学教育 初中毕业 初中肄业"),
    ("小学及以下", "小学教育 小学毕业 文盲或半文盲"),
)


GB2261 = _by_class(
    ("党政干部", "国家公务员"),
    ("专业技术人员", "专业技术人员"),
    ("其他", "职员 学生 现役军人 自由职业者 无业人员 退（离）休人员 其他"),
    ("企业负责人", "企业管理人员"),
    ("工人", "工人"),
    ("农民", "农民"),
    ("个体", "个体经营者"),
)


@pytest.mark.parametrize(
    ("heading", "table"), [("政治面貌", GB4762), ("文化程度", GB4658), ("身份类别", GB2261)]
)  # fmt: skip
def test_official_words_are_all_known(world, bring, heading, table):
    key = {"政治面貌": "party", "文化程度": "education", "身份类别": "occupation"}[heading]
    rows = [[f"覃试{chr(0x4E00 + number)}", "男", word] for number, word in enumerate(table)]
    with world.in_township():
        preview = seen(bring([["姓名", "性别", heading], *rows]))
        assert [str(error) for error in preview.errors] == []
        assert [row.values[key] for row in preview.rows] == list(table.values())


def test_the_names_of_ethnic_groups_are_all_known(world, bring):
    from congress.spreadsheets.choices import ETHNICITY

    assert len(ETHNICITY) == 56
    found = [*ETHNICITY, *(name.removesuffix("族") for name in ETHNICITY), "穿青人", "未识别民族", "其他"]
    rows = [[f"覃试{chr(0x4E00 + number)}", "男", name] for number, name in enumerate(found)]
    with world.in_township():
        preview = seen(bring([["姓名", "性别", "民族"], *rows]))
        assert [str(error) for error in preview.errors] == []
        assert {row.values["ethnicity"] for row in preview.rows} >= {"汉族", "穿青人", "未识别民族"}
        assert "不在可选项中" in str(seen(bring([["姓名", "性别", "民族"], ["赵一", "男", "汉组"]])).errors[0])


def test_which_party_is_kept_beside_its_class_and_changed_words_are_said(world, bring, take):
    rows = [
        ["赵一", "男", "民盟盟员", "省委党校研究生"],
        ["钱二", "女", "共青团员", "本科"],
        ["孙三", "男", "党员", "大学"],
    ]
    with world.in_township():
        batch = bring([["姓名", "性别", "政治面貌", "学历"], *rows])
        notes = [row.notes for row in seen(batch).rows]
        assert notes == [
            ["政治面貌“民盟盟员”登记为“民主党派”", "文化程度“省委党校研究生”登记为“研究生”"],
            ["政治面貌“共青团员”登记为“群众”"],
            [],
        ]
        take(batch)
        kept = dict(Deputy.objects.filter(name__in=["赵一", "钱二", "孙三"]).values_list("name", "affiliation"))
        assert kept == {"赵一": "民盟盟员", "钱二": "共青团员", "孙三": ""}


def test_a_party_that_no_longer_fits_its_full_name_drops_it(world, bring, take):
    head = ["姓名", "性别", "出生年月", "单位及职务", "政治面貌"]
    with world.in_township():
        take(bring([head, ["赵一", "男", "1970-01", "甲村", "民盟盟员"]]))
        take(bring([head, ["赵一", "男", "1970-01", "甲村", "中共党员"]]))
        entry = Deputy.objects.get(name="赵一")
        assert (entry.party, entry.affiliation) == ("cpc", "")


def test_what_goes_with_the_row_and_not_with_the_entry_is_refused_at_its_cell(world, bring, take):
    head = ["姓名", "性别", "出生年月", "身份证号", "单位及职务"]
    with world.in_township():
        take(bring([head, ["赵一", "男", "1975-08", id_number(1, "19750812"), "甲村"]]))
        batch = bring([head, ["赵一", "女", "1975-08", None, "甲村"]])
        assert [str(error) for error in seen(batch).errors] == [
            "第2行B列：与花名册中原有的信息合在一起：性别与身份证号不一致"
        ]
        with pytest.raises(Refused, match="没有需要导入的行。"):
            take(batch)
        assert Deputy.objects.get(name="赵一").gender == "male"


def test_names_bring_sex_ethnicity_and_notes_in_brackets(world, bring, take):
    rows = [
        ["王试芳（女）", "甲村"],
        ["马试力(女，回族)", "乙村"],
        ["李试强（小）", "丙村"],
        ["阿里（男、维吾尔族、党外）", "丁村"],
    ]
    with world.in_township():
        batch = bring([["姓名", "单位及职务"], *rows])
        preview = seen(batch)
        assert [(row.values["name"], row.values.get("gender")) for row in preview.rows] == [
            ("王试芳", "女"),
            ("马试力", "女"),
            ("李试强", None),
            ("阿里", "男"),
        ]
        assert [str(error) for error in preview.errors] == ["第4行：没有身份证号的，必须填写性别"]
        assert preview.rows[3].values["remark"] == "党外"
        assert [row.notes for row in preview.rows] == [[], [], ["姓名后面的“小”记入备注"], ["姓名后面的“党外”记入备注"]]
        take(batch)
        assert Deputy.objects.get(name="马试力").ethnicity == "回族"
        differs = seen(bring([["姓名", "性别"], ["王试芳（女）", "男"]]))
        assert str(differs.errors[0]) == "第2行A列：这一格写着“女”，性别一栏却是“男”，请核对"


def test_a_remark_with_somebodys_number_is_refused(world, bring):
    with world.in_township():
        preview = seen(bring([["姓名", "性别", "备注"], ["赵一", "男", "电话13800138000"]]))
        assert str(preview.errors[0]) == "第2行C列：备注里有身份证号或电话号码，请填到对应的列"


def test_masked_cells_count_as_not_filled_in_and_are_said(world, bring, take):
    number = id_number(1, "19750812")
    with world.in_township():
        take(bring([["姓名", "身份证号", "手机", "单位及职务"], ["赵一", number, "13800138000", "甲村"]]))
        masked = [
            ["姓名", "身份证号", "手机", "单位及职务"],
            ["赵一", f"{number[:6]}********{number[-4:]}", "138****8000", "甲村"],
        ]
        row = one(bring([[*masked[0], "性别"], [*masked[1], "男"]]))
        assert (row.status, row.notes) == (
            "unchanged",
            ["身份证号是遮盖后的内容，按未填处理", "手机是遮盖后的内容，按未填处理"],
        )
        assert Deputy.objects.get(name="赵一").phone == "13800138000"


@pytest.mark.parametrize(
    ("text", "sex", "ethnicity", "note"),
    [
        ("王伟[女]", "女", None, None), ("王伟【女，回族】", "女", "回族", None), ("王伟（女）（回族）", "女", "回族", None),
        ("王伟，女，回族", "女", "回族", None), ("王伟 女", "女", None, None), ("王伟（女、蒙族、团员）", "女", "蒙族", "团员"),
    ],
)  # fmt: skip
def test_what_stands_behind_a_name_is_no_part_of_it(text, sex, ethnicity, note):
    said = words.spread_name(text)
    assert (said["name"], said.get("gender"), said.get("ethnicity"), said.get("name_note")) == (
        "王伟",
        sex,
        ethnicity,
        note,
    )


@pytest.mark.parametrize("text", ["王伟", "王 伟", "阿卜杜 热合曼", "张 女"])
def test_blanks_in_a_name_part_nothing_else(text):
    assert words.spread_name(text) == {}


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (words.party, "中国农工民主党", "民主党派"), (words.party, "中共党员（2001年7月入党）", "中共党员"),
        (words.affiliation, "中共党员（预备）", "中共预备党员"), (words.party, "中国共产党", "中共党员"),
        (words.party, "非党", "群众"), (words.party, "中共党员、民盟盟员", None), (words.party, "2001年7月", None),
        (words.education, "本科\n学士", "本科"), (words.education, "大学，农学学士", "本科"), (words.education, "工商管理硕士", "研究生"),
        (words.education, "中专（高中）", "高中（中专）"), (words.education, "大专/本科", "本科"), (words.education, "高小", "小学及以下"),
        (words.education, "成教本科", "本科"), (words.education, "县委党校", None), (words.education, "大专（在读）", None),
    ],
)  # fmt: skip
def test_more_words_of_rosters(read, text, value):
    assert read(text) == value


def test_what_a_row_leaves_out_and_figures_count_is_told(world, bring, take):
    with world.in_township():
        batch = bring([["姓名", "性别", "政治面貌"], ["钱二", "女", None], ["孙三", "男", "中共党员"]])
        told = seen(batch).warnings
        assert "1人没有写政治面貌，按“群众”登记" in told
        assert "2人没有写民族，按“汉族”登记" in told
        assert "2人没有写身份类别，按“其他”登记" in told
        take(batch)
        found = {one.name: one for one in Deputy.objects.filter(name__in=("钱二", "孙三"))}
        assert (found["钱二"].get_party_display(), found["钱二"].ethnicity) == ("群众", "汉族")
        assert found["孙三"].get_occupation_display() == "其他"
        again = bring([["姓名", "性别", "政治面貌"], ["钱二", "女", None], ["孙三", "男", "中共党员"]])
        assert [line for line in seen(again).warnings if "没有写" in line] == [], "known ones stay as they are"
