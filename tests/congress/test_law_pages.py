"""An article of law is a click away, with its official wording where the office loaded it."""

import json
from datetime import date
from pathlib import Path

from django.test import override_settings
from django.urls import reverse

from congress import clock
from congress.law.finding import Citation
from congress.law.registry import load, resting_on
from congress.law.sources import cited_articles, gist, said_in
from congress.law.suggestions import reply_due
from congress.law.textstore import differing, read_folder, store_name
from tests.proposals.helpers import assigned, at, day


def test_a_citation_opens_its_article(world, browse, tmp_path):
    citation = reply_due(date(2026, 1, 1)).citation
    url = reverse("law-article", args=[citation.source_key, citation.edition, citation.article])
    client = browse(world.deputy_user)
    with override_settings(CONGRESS_LAW_DIR=str(tmp_path)):
        text = client.get(url).content.decode()
        assert all(said in text for said in ("第五十一条", gist(citation), "建议答复期限", "不代替条文"))
        assert not [word for word in ("manage.py", "load_law_texts", "尚未装入") if word in text]
        stored = {"articles": {str(citation.article): "第某条 试装的条文。"}}
        (tmp_path / store_name(citation.source_key, citation.edition)).write_text(json.dumps(stored), encoding="utf-8")
        assert "试装的条文" in client.get(url).content.decode()


def test_every_cited_article_says_in_plain_words_what_it_is_for():
    silent = [
        (key, edition, article)
        for key, edition, article in cited_articles()
        if not all(said_in(Citation(key, article, edition))) or not said_in(Citation(key, article, edition))
    ]
    assert silent == []
    asked = {
        one.name for key, edition, article in cited_articles() for one in resting_on(Citation(key, article, edition))
    }
    assert asked == set(load())


def test_the_texts_given_to_the_tests_are_those_the_rules_were_read_in(request):
    folder = request.config.getoption("--law")
    loaded, _ = read_folder(Path(folder)) if folder else ((), ())
    assert bool(loaded) == bool(folder)
    assert differing(loaded) == ()


def test_where_the_day_of_effect_was_not_read_the_article_alone_says_so(world, browse):
    citation = reply_due(date(2026, 1, 1)).citation
    url = reverse("law-article", args=[citation.source_key, citation.edition, citation.article])
    assert browse(world.clerk).get(url).content.decode().count("通过之日") == 1
    with clock.frozen(day(6, 10, 2026)), world.in_township():
        row = assigned(world, on=day(3, 20, 2026))
        page = browse(world.clerk).get(at(world, "suggestion", row.pk)).content.decode()
    assert citation.text in page
    assert "通过之日" not in page


def test_the_administrator_is_told_whether_texts_are_loaded(world, browse, tmp_path):
    with override_settings(CONGRESS_LAW_DIR=str(tmp_path)):
        assert "还没有装入法律原文" in browse(world.system).get(reverse("administration")).content.decode()
        (tmp_path / "a.json").write_text("{}", encoding="utf-8")
        assert "已装入1部" in browse(world.system).get(reverse("administration")).content.decode()


def test_an_unknown_article_is_not_found(world, browse):
    assert browse(world.clerk).get(reverse("law-article", args=["nosuch", "2025", 1])).status_code == 404


def test_the_inventory_names_purpose_and_basis(world, browse):
    text = browse(world.security).get(reverse("administration-personal")).content.decode()
    assert "身份证号" in text
    assert "加密" in text
    assert "反映内容" in text
    assert "定稿存档，不改动" in text
    assert browse(world.system).get(reverse("administration-personal")).status_code == 403
