"""An article of law is a click away, with its official wording where the office loaded it."""

import json
from datetime import date

from django.test import override_settings
from django.urls import reverse

from congress.law.suggestions import reply_due
from congress.law.textstore import store_name


def test_a_citation_opens_its_article(world, browse, tmp_path):
    citation = reply_due(date(2026, 1, 1)).citation
    url = reverse("law-article", args=[citation.source_key, citation.edition, citation.article])
    client = browse(world.deputy_user)
    with override_settings(CONGRESS_LAW_DIR=str(tmp_path)):
        assert "尚未装入法律原文" in client.get(url).content.decode()
        stored = {"articles": {str(citation.article): "第某条 试装的条文。"}}
        (tmp_path / store_name(citation.source_key, citation.edition)).write_text(json.dumps(stored), encoding="utf-8")
        assert "试装的条文" in client.get(url).content.decode()


def test_an_unknown_article_is_not_found(world, browse):
    assert browse(world.clerk).get(reverse("law-article", args=["nosuch", "2025", 1])).status_code == 404


def test_the_inventory_names_purpose_and_basis(world, browse):
    text = browse(world.security).get(reverse("administration-personal")).content.decode()
    assert "身份证号" in text
    assert "加密" in text
    assert "反映内容" in text
    assert "定稿存档，不改动" in text
    assert browse(world.system).get(reverse("administration-personal")).status_code == 403
