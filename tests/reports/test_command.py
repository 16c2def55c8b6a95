"""manage.py annual_report."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from congress import clock
from congress.guard import scope
from reports.models import AnnualReport
from tests.reports.steps import sign_and_issue

CODE = "990101101000"


def run(tmp_path, year=2022, code=CODE):
    pdf, text = tmp_path / "report.pdf", tmp_path / "report.json"
    call_command("annual_report", code, str(year), pdf=pdf, json=text, verbosity=0)
    return pdf.read_bytes(), json.loads(text.read_text(encoding="utf-8"))


def test_a_draft_with_its_figures_and_their_records(world, report, year, tmp_path):
    pdf, told = run(tmp_path)
    assert pdf.startswith(b"%PDF")
    assert (told["state"], told["year"], told["cut_off"]) == ("draft", 2022, "2022-12-20")
    people = next(line for line in told["figures"] if line["key"] == "officers_received.people")
    assert people["value"] == 42
    assert people["used"] is True
    assert people["records"] == [f"proposals.reception:{year.joint.pk}"]
    assert people["definition"]
    assert people["period"] == ["2022-01-01", "2022-12-20"]
    share = next(line for line in told["figures"] if line["key"] == "suggestions.on_time_rate")
    assert (share["value"], share["denominator"], share["shown"]) == (2, 3, "66.67%")
    assert told["sections"][1]["heading"] == "一、2022年工作总结"


def test_an_issued_report_gives_the_stored_bytes(world, report, tmp_path):
    with scope.township(world.township):
        document = sign_and_issue(world, report, on=date(2022, 12, 28))
        stored = bytes(document.file.content)
    pdf, told = run(tmp_path)
    assert pdf == stored
    assert (told["state"], told["number"], told["sha256"]) == ("issued", document.number, document.file.sha256)


def test_twice_gives_the_same_figures(world, report, tmp_path):
    assert run(tmp_path) == run(tmp_path)


def test_a_year_nobody_has_begun_is_shown_as_it_would_be_proposed(world, year, tmp_path):
    with clock.frozen(date(2023, 2, 1)):
        _, told = run(tmp_path)
    assert (told["state"], told["cut_off"]) == ("draft", "2022-12-31")
    with scope.township(world.township):
        assert not AnnualReport.objects.exists()


def test_without_files_the_text_and_the_figures_are_printed(world, report, capsys):
    call_command("annual_report", CODE, "2022")
    out = capsys.readouterr().out
    assert "（二）创新机制，强化服务，充分发挥代表的主体作用" in out
    assert "接待选民：47人次" in out


@pytest.mark.parametrize(("code", "year", "words"), [("990199999000", 2022, "没有代码"), (CODE, 2099, "还没有开始")])
def test_what_cannot_be_is_refused_in_words(world, code, year, words):
    with pytest.raises(CommandError, match=words):
        call_command("annual_report", code, str(year))


def test_a_file_that_cannot_be_written_is_told(world, report, tmp_path):
    with pytest.raises(CommandError, match="无法写出"):
        call_command("annual_report", CODE, "2022", json=tmp_path / "no" / "folder.json")
