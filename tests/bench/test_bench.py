"""The bench itself: honest percentiles, one clock for subject and floor, a table that lines up, pages that are there."""

import os
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import resolve

from bench import imports, job, processor, run, table, timing
from congress.people.idnumber import INVENTED, parse


@pytest.mark.parametrize(("share", "expected"), [(1, 1), (50, 10), (95, 19), (96, 20), (100, 20)])
def test_percentiles_are_of_the_nearest_rank(share, expected):
    assert timing.Times(tuple(range(20, 0, -1))).percentile(share) == expected


def test_one_time_is_its_own_percentile():
    assert timing.Times((0.5,)).p50 == timing.Times((0.5,)).p95 == 0.5


def test_subject_and_floor_take_turns_until_the_time_is_over():
    called = []
    taken, bare = timing.by_turns(
        lambda: called.append("page"), lambda: called.append("bare"), seconds=0, least=3, most=9
    )
    assert called == ["bare", "page"] * 3
    assert len(taken.seconds) == len(bare.seconds) == 3
    many, _ = timing.by_turns(lambda: None, lambda: None, seconds=60, least=1, most=5)
    assert len(many.seconds) == 5


def test_a_ratio_to_nothing_is_no_ratio():
    assert (timing.ratio(3, 2), timing.ratio(3, 0)) == (1.5, 0.0)


def test_chinese_columns_line_up():
    shown = table.table(["页面", "毫秒"], [["首页", 12.5], ["county", 3]])
    assert [table.width(line) for line in shown.splitlines()] == [12, 12, 12, 12]
    assert table.table(["a"], [["b"]]).splitlines() == ["a", "-", "b"]


def test_what_was_not_measured_is_told():
    machine = {"processor": "x", "processors": 2, "memory_mib": 1, "python": "3", "load": [0.1], "commit": "abc"}
    results = {"machine": machine, "seed": {"size": "全部", "seconds": 1}, "seconds": 2, "parts": {}}
    results["parts"] = {"pdf": {"stopped": "超过60秒，已停止"}, "sweep": {"error": "Traceback"}}
    shown = table.as_text(results)
    assert "pdf：未能测量\n超过60秒，已停止" in shown
    assert "sweep：未能测量\nTraceback" in shown


def test_every_part_can_be_asked_for_and_no_other(capsys):
    assert run.parse(["--only", "pdf,pages"]).parts == ["pages", "pdf"]
    assert run.parse([]).parts == list(run.PARTS)
    with pytest.raises(SystemExit):
        run.parse(["--only", "weather"])
    assert "pages" in capsys.readouterr().err


def test_a_part_that_takes_too_long_is_stopped_and_is_no_failure(monkeypatch, tmp_path):
    def program(text: str) -> Path:
        path = tmp_path / f"program{len(list(tmp_path.iterdir()))}"
        path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    assert "时间已用完" in run._measure("pages", {}, 0.5)["stopped"]
    monkeypatch.setattr(run, "VENV_PYTHON", program("sleep 20"))
    assert "已停止" in run._measure("pages", {}, 1)["stopped"]
    monkeypatch.setattr(run, "VENV_PYTHON", program("echo wrong >&2; exit 3"))
    assert run._measure("pages", {}, 9) == {"error": "wrong"}
    monkeypatch.setattr(run, "VENV_PYTHON", program("""echo words; echo '{"a": 1}'"""))
    assert run._measure("pages", {}, 9) == {"a": 1}


def test_the_highest_memory_is_that_of_this_process_alone():
    assert 20 < job.highest_memory() <= imports.memory() + 1


@override_settings(ROOT_URLCONF="bench.urls")
def test_the_bare_page_asks_for_session_and_user_like_every_page(world, browse, client):
    assert client.get("/bench/bare/").status_code == 302
    assert browse(world.clerk).get("/bench/bare/").content == str(world.clerk.pk).encode()
    assert resolve(f"/t/{world.township.code}/").url_name == "township_home"


@override_settings(DEMO=True)
def test_the_workbook_holds_invented_people_with_numbers_of_their_own():
    rows = list(imports.people(40_000))
    numbers = {row[4] for row in rows}
    assert len(numbers) == len(rows)
    assert all(number.startswith(INVENTED) for number in numbers)
    for row in rows[:: len(rows) // 50]:
        assert (parse(row[4]).sex, parse(row[4]).birth_date.isoformat()) == (row[1], row[3])
    assert rows[:9] == list(imports.people(9))


def test_the_workbook_is_one():
    assert zipfile.ZipFile(BytesIO(imports.workbook(3))).testzip() is None


def test_what_people_enter_at_night_is_told_with_what_was_wrong():
    times = {f"{name}_{share}_ms": 9.5 for name in ("open", "form", "bare") for share in ("p50", "p95")}
    found = times | {
        "people": 40,
        "pace": 6,
        "seconds": 60.0,
        "load": 0.3,
        "answered": 400,
        "wrong": [],
        "web_ms": 30.0,
        "database_ms": 12.0,
        "client_ms": 1.5,
        "most_a_second": 46.0,
    }
    found |= {"goal_ms": 64.3, "a_second": 20.0, "forms": 500, "events": 500, "double": 0, "units": 80, "settled": 80}
    assert "每张一条操作记录，没有重复" in table._counting(found)
    for what in ({"events": 501}, {"double": 1}, {"settled": 79}):
        assert "重复或者记录不符" in table._counting(found | what)


def test_a_process_tells_what_it_cost():
    before = processor.tree(os.getpid())
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass
    assert processor.tree(os.getpid()) > before


def test_what_each_of_many_cost_is_told_in_milliseconds(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    spent = processor.Spent(3.5, 2.2, 0.4).each(processor.Spent(1.0, 1.0, 0.1), 100)
    assert spent == {"web_ms": 25.0, "database_ms": 12.0, "client_ms": 3.0, "most_a_second": 50.0}
