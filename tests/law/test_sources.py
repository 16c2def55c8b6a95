"""Citations, editions, packs, and the official texts where they stand beside the repository."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from congress.law import provinces, sources, texts, textstore
from congress.law.catalogue import LAWS
from congress.law.finding import PRACTICE, Citation, Finding, blocking
from congress.law.numerals import from_chinese, to_chinese
from congress.law.packs_national import KEYS
from congress.law.packs_suggestions import PROVINCE_ONLY
from congress.law.sources import PACK_ROWS, UnknownFact, cite

TEXTS = Path(__file__).resolve().parents[3] / "shared" / "law"


@pytest.mark.parametrize(
    ("on", "article", "edition"),
    [
        (date(2015, 8, 29), 42, "2015年修正"),
        (date(2022, 3, 10), 42, "2015年修正"),
        (date(2025, 3, 10), 42, "2015年修正"),
        (date(2025, 3, 11), 51, "2025年修正"),
    ],
)
def test_cite_takes_the_edition_in_force_on_the_day_of_the_fact(on: date, article: int, edition: str) -> None:
    citation = cite("deputies_law", fact="reply_to_suggestions", on=on)
    assert (citation.article, citation.edition, citation.held) == (article, edition, True)


def test_citation_prints_the_full_title_edition_and_article() -> None:
    citation = cite("deputies_law", "reply_to_suggestions", date(2025, 4, 1))
    assert (
        citation.text == "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》（2025年修正）第五十一条第二款"
    )
    assert str(citation) == citation.text
    assert citation.brief == "代表法第五十一条第二款"
    nested = cite("shandong_deputies_measures", "suggestion.reply_months").text
    assert nested.startswith("《山东省实施〈中华人民共和国")


def test_a_day_before_the_oldest_text_prints_that_the_text_is_not_held() -> None:
    citation = cite("deputies_law", "reply_to_suggestions", date(2015, 8, 28))
    assert not citation.held
    assert "依据未收录原文" in citation.text
    assert "条" not in citation.text.removeprefix("《中华人民共和国")
    assert "未核对" in sources.edition_note(citation)
    unknown = Citation("nobody", 1, "2000年修正")
    assert unknown.text == "nobody（依据未收录原文）"
    assert unknown.brief == "nobody（依据未收录原文）"


def test_a_fact_the_edition_does_not_state_is_refused() -> None:
    assert cite("deputies_law", "ordered_resignation", date(2025, 4, 1)).article == 62
    with pytest.raises(UnknownFact, match="2015年修正"):
        cite("deputies_law", "ordered_resignation", date(2024, 4, 1))
    with pytest.raises(KeyError):
        cite("no_such_law")


def test_edition_note_says_when_the_day_of_effect_was_not_read() -> None:
    assert sources.edition_note(cite("henan_presidium_rules")) == ""
    assert "通过之日" in sources.edition_note(cite("deputies_law"))


def test_gist_is_found_for_every_cited_place() -> None:
    for (key, fact, edition), place in sources.PLACES.items():
        assert place.gist, (key, fact)
        assert sources.gist(Citation(key, place.article, edition, place.clause), fact) == place.gist
    assert sources.gist(Citation("deputies_law", 999, "2025年修正")) == ""


def test_finding_says_practice_and_reference_by_their_name() -> None:
    practice = Finding("code", "应当写明理由", None, False, force=PRACTICE)
    assert str(practice) == "应当写明理由（机关内部惯例，法律没有规定）"
    assert str(Finding("code", "日期早于交办日期", None)) == "日期早于交办日期"
    henan = provinces.pack("henan").value("suggestion.dissatisfied_reason", date(2024, 1, 1))
    referred = provinces.finding_of(henan, "code", "应当写明理由")
    assert not referred.blocking
    assert str(referred).endswith("（2017年通过）第二十二条第二款，可以参照）")
    near = Finding("code", "宜回避", cite("election_law", "relatives_barred"), False, force=PRACTICE)
    assert near.ground.startswith("机关内部惯例，法律没有直接规定；参见《")


def test_nobody_is_refused_by_a_text_that_is_not_held() -> None:
    unread = cite("organic_law", "quorum", date(2021, 12, 20))
    assert not Finding("code", "会议不能举行", unread).blocking
    assert Finding("code", "会议不能举行", cite("organic_law", "quorum", date(2022, 12, 20))).blocking


def test_provincial_rules_that_name_only_the_province_bind_no_township() -> None:
    rows = [row for row in PACK_ROWS if row.law == "zhejiang_suggestion_rules"]
    assert len(rows) == 11
    assert {row.force for row in rows} == {PROVINCE_ONLY}
    for row in rows:
        assert not provinces.is_binding(provinces.pack("zhejiang").value(row.key, date(2024, 1, 1)))


def test_finding_prints_its_ground_and_blocks_unless_it_warns() -> None:
    finding = Finding("code", "不能这样做", cite("organic_law", "quorum"))
    assert str(finding).startswith("不能这样做（依据：《中华人民共和国地方各级")
    assert blocking((finding,))
    assert not blocking((replace(finding, blocking=False),))
    assert not blocking(())


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (15, "十五"), (20, "二十"), (42, "四十二"),
                                              (100, "一百"), (108, "一百零八"), (110, "一百一十"), (1045, "一千零四十五"),
                                              (1001, "一千零一"), (201, "二百零一")])  # fmt: skip
def test_article_numbers_are_written_and_read_as_in_laws(number: int, text: str) -> None:
    assert to_chinese(number) == text
    assert from_chinese(text) == number


def test_numerals_refuse_what_they_cannot_write_or_read() -> None:
    assert all(from_chinese(to_chinese(number)) == number for number in range(1, 2000))
    with pytest.raises(ValueError):
        to_chinese(10_000)
    with pytest.raises(ValueError):
        from_chinese("甲")
    with pytest.raises(ValueError):
        from_chinese("")


def test_every_pack_row_belongs_to_a_known_key_pack_and_law() -> None:
    for row in PACK_ROWS:
        assert row.key in KEYS
        assert row.pack in provinces.PACKS
        assert row.law in LAWS
    assert len({(row.pack, row.key) for row in PACK_ROWS}) == len(PACK_ROWS)


def test_national_values_either_stand_in_a_law_or_say_why_they_do_not() -> None:
    on = date(2025, 4, 1)
    for key, value in provinces.pack("national").values(on).items():
        if value.value is None:
            assert value.reason, key
            assert value.text.startswith("未规定（")
        else:
            assert value.citation is not None, key
            assert value.citation.held, key


def test_what_a_place_has_is_written_as_true_and_what_it_has_not_is_not_written() -> None:
    written = [row for row in PACK_ROWS if isinstance(row.value, bool)]
    assert written
    assert [row for row in written if not row.value] == []


def test_packs_fall_back_city_to_province_to_nation() -> None:
    on = date(2024, 1, 1)
    qingdao = provinces.pack("qingdao")
    assert qingdao.value("suggestion.assign_working_days", on).value == 5
    session = qingdao.value("suggestion.session_reply_months", on)
    assert (session.value, session.start, session.force) == (2, "闭会之日", "直接适用")
    assert session.effective == date(2015, 12, 3)
    assert qingdao.value("election.credential", on).force == "直接适用"
    assert provinces.pack("henan").value("election.credential", on).force == "全国规定"
    assert "suggestion.assign_working_days" in qingdao.own()


def test_a_pack_value_before_its_text_took_effect_is_the_national_one_and_says_so() -> None:
    value = provinces.pack("chongqing").value("suggestion.session_reply_months", date(2016, 3, 30))
    assert (value.value, value.force) == (3, "全国规定")
    first_day = provinces.pack("chongqing").value("suggestion.session_reply_months", date(2016, 3, 31))
    assert (first_day.value, first_day.force) == (2, "直接适用")
    assert "此前的地方文本未收录" in value.reason
    silent = provinces.pack("zhejiang").value("session.notice_days", date(2016, 9, 30))
    assert silent.value is None
    assert "2016年10月1日" in silent.text


def test_values_say_whether_they_bind_a_township() -> None:
    on = date(2024, 1, 1)
    assert provinces.is_binding(provinces.pack("zhejiang").value("suggestion.redo_months", on))
    assert not provinces.is_binding(provinces.pack("henan").value("suggestion.redo_months", on))
    text = provinces.pack("shanghai").value("suggestion.extension_consent", on).text
    assert text.startswith("是（《上海市")
    assert "参照执行" in text


def test_unknown_packs_and_keys_are_refused() -> None:
    assert provinces.pack(provinces.pack("shandong")).name == "shandong"
    with pytest.raises(provinces.UnknownPack, match="shandong"):
        provinces.pack("mars")
    with pytest.raises(KeyError):
        provinces.pack("national").value("no.such.key", date(2024, 1, 1))


SAMPLE = """# 某某省乡镇人民代表大会工作条例

2016年5月1日 某某省通过

<!-- INFO END -->

## 第一章 总则

第一条 为了工作，制定本条例。

第二条 主席团由下列人员组成：

（一）主席；

（二）副主席。

## 第二章 附则

某节标题

第十条 本条例自公布之日起施行。
"""


def test_articles_of_splits_a_text_and_leaves_headings_out() -> None:
    articles = texts.articles_of(SAMPLE)
    assert articles == {
        1: "为了工作，制定本条例。",
        2: "主席团由下列人员组成：\n（一）主席；\n（二）副主席。",
        10: "本条例自公布之日起施行。",
    }
    assert texts.articles_of("一、第一件。\n接着。\n\n二、第二件。", numbering="款") == {
        1: "第一件。\n接着。",
        2: "第二件。",
    }


def test_fingerprint_ignores_layout_but_not_words() -> None:
    assert texts.fingerprint("（一）主席； 副主席") == texts.fingerprint("(一)主席;\u200b\n副主席")
    assert texts.fingerprint("三个月") != texts.fingerprint("两个月")


def test_identify_knows_titles_and_editions_and_nothing_else() -> None:
    head = f"# {LAWS['deputies_law'].title}\n\n1992年4月3日 通过\n\n2015年8月29日 修正\n\n<!-- INFO END -->\n"
    known = texts.identify(head)
    assert known is not None
    assert (known[0].key, known[1].label) == ("deputies_law", "2015年修正")
    newer = texts.identify(head.replace("\n\n<!--", "\n\n2025年3月11日 修正\n\n<!--"))
    assert newer is not None
    assert newer[1].label == "2025年修正"
    assert texts.identify(head.replace("2015年8月29日", "2010年10月28日")) is None
    assert texts.identify(SAMPLE) is None
    assert texts.identify("没有标题") is None
    undated = texts.identify(f"# {LAWS['shanghai_suggestion_rules'].title}\n\n<!-- INFO END -->\n")
    assert undated is not None
    assert undated[1].effective == date(2015, 3, 1)


def test_every_cited_article_has_a_fingerprint_and_none_is_left_over() -> None:
    named = {f"{key}|{edition}|{article}" for key, edition, article in sources.cited_articles()}
    assert named == set(sources.FINGERPRINTS)
    assert all(len(value) == 64 for value in sources.FINGERPRINTS.values())
    first = sources.cited_articles()[0]
    assert sources.official_fingerprint(*first) == sources.FINGERPRINTS["|".join(map(str, first))]


def test_differing_names_the_articles_whose_words_changed(tmp_path: Path) -> None:
    title = LAWS["deputies_law"].title
    text = f"# {title}\n\n2025年3月11日 修正\n\n<!-- INFO END -->\n\n第五十一条 自交办之日起九个月内答复。\n"
    (tmp_path / "law.md").write_text(text, encoding="utf-8")
    (tmp_path / "other.txt").write_text("不是法律", encoding="utf-8")
    loaded, unknown = textstore.read_folder(tmp_path)
    assert unknown == ("other.txt",)
    assert loaded[0].articles[51].startswith("自交办")
    assert Citation("deputies_law", 51, "2025年修正") in textstore.differing(loaded)


if TEXTS.is_dir():
    LOADED = textstore.read_folder(TEXTS)[0]

    def test_official_texts_have_the_fingerprints_the_rules_were_checked_against() -> None:
        assert {(item.source_key, item.edition) for item in LOADED} == {
            (law.key, edition.label) for law in LAWS.values() for edition in law.editions
        }
        assert textstore.differing(LOADED) == ()

    def test_fingerprint_file_is_what_the_texts_give() -> None:
        written = Path(sources.__file__).with_name("fingerprints.py").read_text(encoding="utf-8")
        assert textstore.fingerprint_module(LOADED) == written

    def test_editions_carry_the_dates_of_the_heads_of_the_texts() -> None:
        for path in TEXTS.rglob("*.md"):
            text = path.read_text(encoding="utf-8")
            known = texts.identify(text)
            if known and known[1].adopted:
                assert known[1].adopted in texts.head_dates(text)

    @pytest.mark.parametrize(
        ("source_key", "fact", "words"),
        [
            ("deputies_law", "reply_to_suggestions", "三个月内答复"),
            ("deputies_law", "two_absences", "未经批准两次不出席"),
            ("election_law", "turnout", "过半数参加投票，选举有效"),
            ("election_law", "another_round_third", "不得少于选票的三分之一"),
            ("organic_law", "quorum", "三分之二以上的代表出席"),
            ("organic_law", "majority", "全体代表的过半数通过"),
            ("shandong_township_rules", "suggestion.session_reply_months", "闭会之日起两个月内"),
            ("chongqing_township_rules", "suggestion.session_reply_months", "向本级人民代表大会提出的"),
            ("chongqing_township_rules", "suggestion.session_reply_months", "交办之日起两个月内办结"),
            ("chongqing_deputies_measures", "suggestion.reply_months", "交办之日起三个月内办结"),
            ("chongqing_deputies_measures", "suggestion.redo_condition", "视情况交有关机关"),
            ("chongqing_deputies_measures", "inspection.feedback_months", "书面反馈交办机构"),
            ("chongqing_township_rules", "interpellation.departments", "本级人民政府及其所属工作部门的质询案"),
            ("shandong_township_rules", "officers.fall_with_seat", "代表资格终止的，其主席、副主席职务相应撤销"),
            ("chongqing_township_rules", "officers.ballots_exceed", "多于发出的选票数的选举无效"),
            ("chongqing_township_rules", "motion.closing_day", "代表议案截止时间之前提出"),
            ("shandong_township_rules", "motion.closing_day", "大会规定的截止日期前提出"),
            (
                "shandong_election_rules",
                "election.tie_unfilled",
                "再次投票或另行选举，仍不能确定当选人，代表名额可以暂时空缺",
            ),
            ("shandong_election_rules", "by_election.rules", "补选代表的程序如下"),
            ("zhejiang_election_rules", "election.proxy_form", "信函、传真或其他可查核的方式"),
            ("zhejiang_suggestion_rules", "motion.unlisted_becomes_suggestion", "省人民代表大会主席团"),
            ("beijing_township_rules", "session.each_half_year", "每半年至少举行一次"),
            ("election_law", "seats_county", "每五千人可以增加一名代表"),
            ("election_law", "seats_minority", "县、自治县、乡、民族乡，经省"),
            ("election_law", "recall_demand", "原选区选民五十人以上联名"),
            ("election_law", "resignation_indirect", "须报送上一级人民代表大会常务委员会备案、公告"),
            ("election_law", "recall_indirect", "常务委员会组成人员的过半数通过"),
            ("organic_law", "motion", "县级以上的地方各级人民代表大会代表十人以上联名"),
            ("deputies_law", "announce_end_county", "由本级人民代表大会常务委员会予以公告"),
            ("deputies_law", "announce_end", "由本级人民代表大会予以公告"),
            ("direct_election_rules", "proxy_relatives", "有选举权的亲属或者其他选民"),
            ("chongqing_deputies_measures", "suggestion.redo_months", "两个月内书面答复"),
            ("beijing_suggestion_rules", "suggestion.redo_months", "二个月内重新答复"),
            ("zhejiang_deputies_measures", "suggestion.redo_months", "一个月内重新办理"),
            ("henan_suggestion_rules", "suggestion.feedback_working_days", "十个工作日内"),
            ("beijing_township_rules", "interpellation.small_congress", "四十人以下"),
            ("budget_law", "publish_budget", "批准后二十日内"),
        ],
    )
    def test_the_text_says_what_the_rule_applies(source_key: str, fact: str, words: str) -> None:
        texts_by_edition = {(item.source_key, item.edition): item.articles for item in LOADED}
        places = [(k, e, p) for (k, f, e), p in sources.PLACES.items() if (k, f) == (source_key, fact)]
        assert places
        for key, edition, place in places:
            assert words in texts_by_edition[key, edition][place.article]
