"""The proof bundle: the same state gives the same bytes, nothing personal is in it, and whatever is changed in it is noticed."""

import ast
import copy
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import F
from django.urls import reverse

from congress.audit.verify import verify
from congress.counting.life import COUNT
from congress.counting.models import CountEntry, CountReader, CountSignature, Recount
from congress.counting.tally.packed import MANIFEST, canonical, fingerprint
from congress.guard.action import Refused, action
from congress.guard.record import Record
from congress.models import AuditEvent, Job, Message, PrintedPaper
from congress.work import jobs
from elections.documents.proof import KIND, VERIFIER
from elections.documents.rounds import report
from elections.models import CandidateEntry, Round, VoterList
from script import verify_result
from tests.architecture.said import differing, without_what_passes
from tests.cast import SET_UP
from tests.counting import room
from tests.counting.test_recounts import SEED, finish
from tests.elections import standing
from tests.elections.proofs import Alike, changed, eventful, files_of, leaves, made, rehashed, verified, voted_again
from tests.elections.rounds import begun, facts
from tests.states import state

pytestmark = pytest.mark.django_db
SCRIPT = Path(settings.BASE_DIR) / "script" / VERIFIER
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What no other part of a bundle attests: it is held by the manifest, and by the event that tells the fingerprint of each bundle that
# was made. None of it changes a result.
BY_THE_MANIFEST_ALONE = re.compile(
    r"election\.json|lists\.json|rules\.json (?:articles|pack|values|on|ballot\.fixed_on)"
    r"|rounds/\S+ (?:count\.(?:units\.\d+\.)?signatures\.\d+\.(?:id|on|capacity|note)"
    r"|count\.written_in\.(?:0\.(?:names\.0|votes|person|who)|\d+\.(?:id|number|reason))|count\.turns\.\d+\.(?:id|number|reason)|count\.units\.\d+\.(?:kind|readers\.\d+\.id)"
    r"|count\.units\.\d+\.readers\.\d+\.entries\.\d+\.(?:final|look_at|over_first|over_second|sent_back_by|sent_back_why)"
    r"|count\.units\.\d+\.readers\.2|count\.write_ins|declaration\.(?:on|by|paper)|ledger\.(?:lines\.\d+\.)?note"
    r"|ledger\.settled_on|winners\.\d+\.(?:id|void))|rounds/0002-1\.json"  # the last was not counted yet
)


@pytest.fixture
def election(peopled_election):
    """Two districts with a few voters; the township's scope is open."""
    return peopled_election


@state(on=standing.few_voters)
def eventful_vote(world, election) -> Round:
    with world.in_township():
        return eventful(world, election)


@pytest.fixture
def row(election, eventful_vote) -> Round:
    return copy.deepcopy(eventful_vote)


def run(*given: str) -> subprocess.CompletedProcess:
    """The verifier as a stranger runs it: alone, in a Python that finds nothing of ours."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), *given], capture_output=True, text=True, check=False
    )


def test_the_bytes_are_the_same_wherever_the_database_keeps_its_rows(world, election, row):
    """Each row is written once more, the last first, so that they lie the other way round."""
    bundle = made(election)
    inside = set(UUID.findall(b"".join(files_of(bundle).values()).decode()))
    moved = set()
    for model in [one for app in ("counting", "elections") for one in apps.get_app_config(app).get_models()]:
        if issubclass(model, Record):
            keys = list(model._base_manager.filter(pk__in=inside).order_by().values_list("pk", flat=True))
            with action(SET_UP, actor=None):
                for key in reversed(keys):
                    model._base_manager.filter(pk=key).update(version=F("version") + 1)
            moved |= {model} if len(keys) > 1 else set()
    assert {CountEntry, CountReader, CountSignature, CandidateEntry, Round} <= moved
    assert made(election) == bundle


def test_the_same_state_gives_the_same_bytes_and_what_others_do_meanwhile_changes_nothing(world, election, row):
    bundle = made(election)
    with action(SET_UP, actor=world.clerk, subject=world.station):
        world.station.save()
    assert made(election) == bundle
    assert verified(files_of(bundle)).wrong == []


def test_the_fingerprint_on_the_signed_report_is_found_in_the_bundle(world, election, row, tmp_path):
    found = facts(row).result.fingerprint
    foot = report(facts(row).row, {})["foot"].removeprefix("计票指纹 ")
    assert foot.replace(" ", "") == found
    (tmp_path / "包.zip").write_bytes(made(election))
    told = run("--paper", foot, str(tmp_path / "包.zip"))
    assert told.returncode == 0, told.stdout + told.stderr
    assert foot in told.stdout
    assert "结论：相符。" in told.stdout
    assert "还要再次投票，应选1名" in told.stdout
    assert "效力在于纸" in told.stdout
    told = run("--paper", "0" * 64, str(tmp_path / "包.zip"))
    assert told.returncode == 1
    assert "没有指纹为" in told.stdout
    assert run("--draw", "31415", found, "9", "3").stdout.startswith("抽出的单元：")


def test_what_is_no_bundle_is_told_apart_from_what_does_not_agree(tmp_path):
    (tmp_path / "坏.zip").write_bytes(b"PK")
    assert run(str(tmp_path / "坏.zip")).returncode == 2
    assert run(str(tmp_path / "无.zip")).returncode == 2
    assert run().returncode == 2


def test_nothing_personal_and_nothing_of_a_voter_is_in_it(world, election, row):
    with action(SET_UP, actor=None):
        VoterList.objects.create(
            township=world.township,
            election=election,
            asked_by=world.clerk,
            confirmed_by=world.chair,
            frozen_at=row.created_at,
            voters=24,
            fingerprint="a" * 64,
        )
    files = files_of(made(election))
    said = "".join(content.decode() for name, content in files.items() if name.endswith(".json"))
    assert json.loads(files["lists.json"])["voters"][0]["voters"] == 24
    assert "东丙" not in said  # a voter, and nothing else
    assert "甲、乙" not in said  # who watched the destroying
    assert not re.search(r"(?<![0-9a-f])(?:1\d{10}|\d{17}[\dX])(?![0-9a-f])", said)
    assert all(user.display_name not in said for user in world.users.values())


def test_every_leaf_that_is_changed_is_noticed(world, election, row):
    voted_again(world, row)
    files = files_of(made(election))
    assert verified(files).wrong == []
    leafed = [(name, path) for name in files if name.endswith(".json") for path in leaves(json.loads(files[name]))]
    assert len(leafed) > 1000
    for name, path in random.Random(9).sample(leafed, 300):
        assert verified({**files, name: changed(files[name], path)}, Alike).wrong, (name, path)


def test_whoever_changes_a_number_a_name_or_a_reading_and_makes_the_manifest_fit_is_noticed_too(world, election, row):
    voted_again(world, row)
    files = files_of(made(election))
    missed = []
    for name in files:
        if name.endswith(".json") and name != MANIFEST:
            for path in leaves(json.loads(files[name])):
                if not verified(rehashed({**files, name: changed(files[name], path)}), Alike).wrong:
                    missed.append(f"{name} {'.'.join(map(str, path))}")
    assert [one for one in missed if not BY_THE_MANIFEST_ALONE.match(one)] == []
    assert [one for one, value in Alike.known.items() if canonical(value) != one] == []


def test_a_file_that_is_gone_added_or_written_otherwise_is_noticed(world, election, row):
    files = files_of(made(election))
    for name in files:
        if name != MANIFEST:
            assert verified({each: content for each, content in files.items() if each != name}).wrong, name
            assert verified({**files, name: files[name] + b" "}).wrong, name
            less = {each: content for each, content in files.items() if each != name}
            assert name in (VERIFIER, "说明.txt") or verified(rehashed(less)).wrong, name
    assert verified({**files, "多.json": b"{}\n"}).wrong
    spread = {**files, "rules.json": json.dumps(json.loads(files["rules.json"])).encode()}
    assert "不是规定的写法" in str(verified(rehashed(spread)).wrong)


def plain(value, of: str = ""):
    """What a bundle says, without keys, numbers of accounts and fingerprints, and all of it in the order of what it says."""
    if isinstance(value, dict):
        return sorted(([without_what_passes(name), plain(one, name)] for name, one in value.items()), key=str)
    if isinstance(value, list):
        return sorted((plain(one, of) for one in value), key=str)
    if re.search(r"(^|_)(by|first|second|user)$", of) and isinstance(value, int):
        return "…"
    return without_what_passes(value) if isinstance(value, str) else value


def test_what_a_bundle_says_is_what_is_written(world, election, row):
    """Whoever changes what is told of a vote reads here what. The trail and the manifest are held by their fingerprints."""
    told_of = re.compile(r"(districts|election|lists|rules|rounds/.*)\.json")
    files = {name: content for name, content in files_of(made(election)).items() if told_of.fullmatch(name)}
    told = [f"{name}: {json.dumps(plain(json.loads(files[name])), ensure_ascii=False)}" for name in files]
    assert differing(Path(__file__).with_name("bundle.txt"), told) == [], "SAID=write pytest …"


def test_a_later_bundle_proves_to_contain_an_earlier_one(world, election, row, tmp_path):
    old, new = tmp_path / "昨晚.zip", tmp_path / "今天.zip"
    old.write_bytes(made(election))
    voted_again(world, row)
    new.write_bytes(made(election))
    told = run("--earlier", str(old), str(new))
    assert told.returncode == 0, told.stdout + told.stderr
    back = run("--earlier", str(new), str(old))
    assert back.returncode == 1
    assert "以前的链不是后来的链的开头" in back.stdout
    files = files_of(old.read_bytes())
    told = verify_result.Report()
    path = ("count", "signatures", 0, "note")
    then = rehashed({**files, "rounds/0001-1.json": changed(files["rounds/0001-1.json"], path)})
    verify_result.check_earlier(
        verify_result.Bundle("旧", then, False), verify_result.Bundle("新", files_of(new.read_bytes()), False), told
    )
    assert len(told.wrong) == 1
    assert "note：与以前的不同" in told.wrong[0]


def test_a_recount_by_lot_is_in_it_drawn_anew_and_what_it_reads_otherwise_is_told(world, election, row):
    count = facts(row).count
    COUNT.take("draw", world.clerk, count, size=1, seed=SEED)
    COUNT.take("draw-confirm", world.chair, count, seed=SEED)
    found = verified(files_of(made(election)))
    assert found.wrong == []
    assert any("还没有复核完" in one for one in found.notes)
    recount = Recount.objects.get().again
    COUNT.take("open", world.clerk, recount)
    COUNT.take("confirm", world.chair, recount)
    unit = room.unit_of(recount)
    room.settled(world, unit, room.good(recount, (14, 11, 11), 20, 0, write_ins={"东甲": 2}))
    room.signed(world, unit)
    finish(world, recount)
    files = files_of(made(election))
    found = verified(files)
    assert found.wrong == []
    assert any("丁一赞成原来15，复核14" in one for one in found.notes)
    name = "rounds/0001-1.json"
    for path in (
        ("drawn", 0),
        ("seed",),
        ("size",),
        ("first",),
        ("second",),
        ("fingerprint",),
        ("count", "fingerprint"),
    ):
        whole = ("count", "recounts", 0, *path)
        assert verified(rehashed({**files, name: changed(files[name], whole)})).wrong, path


def test_nothing_of_a_count_that_is_not_closed_is_told(world, election):
    with pytest.raises(Refused, match="还没有安排投票"):
        made(election)
    begun(world, election)
    files = files_of(made(election))
    assert json.loads(files["rounds/0001-1.json"])["count"] is None
    assert verified(files).wrong == []


def test_none_is_made_while_a_declared_result_is_counted_again(world, election, row):
    count = facts(row).count
    COUNT.take("reopen", world.clerk, count, reason="再看一遍")
    COUNT.take("confirm", world.chair, count)
    with pytest.raises(Refused, match="宣布以后计票重新开启"):
        made(election)


def test_it_is_asked_for_on_a_page_made_by_a_job_and_the_trail_knows_its_fingerprint(world, election, row, browse):
    clerk, code = browse(world.clerk), world.township.code
    there = reverse("elections-proof", args=[code, election.pk])
    assert there in clerk.get(reverse("elections-rounds", args=[code, election.pk])).content.decode()
    page = clerk.get(there)
    assert "开始制作" in page.content.decode()
    answer = clerk.post(there, {"key": str(page.context["form"]["key"].value())})
    job = Job.objects.get()
    assert answer.url == reverse("job", args=[code, job.pk])
    jobs.run(job.pk, world.township)
    paper = PrintedPaper.objects.get()
    shown = clerk.get(reverse("printed-paper", args=[code, paper.pk])).content.decode()
    assert "下载（ZIP）" in shown
    assert f"共{paper.pages}个文件" in shown
    got = clerk.get(reverse("printed-paper-file", args=[code, paper.pk]))
    assert got["Content-Type"] == "application/zip"
    assert ".zip" in got["Content-Disposition"]
    assert got.content == made(election)
    event = AuditEvent.objects.get(verb="documents.print_paper")
    assert event.detail == {"指纹": fingerprint(got.content)}
    assert f"已做好，共{paper.pages}个文件" in Message.objects.get(kind="papers").title


def test_verify_audit_says_equal_after_everything(world, election, row):
    assert [str(one) for one in verify()] == []


def test_the_verifier_shares_no_line_with_the_product():
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    asked = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    asked |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {one.split(".")[0] for one in asked} <= sys.stdlib_module_names
    assert KIND.compose({}, False)


def test_each_part_says_where_it_does_not_agree(world, election, row):
    files = files_of(made(election))
    cells = json.loads(files["rounds/0001-1.json"])["count"]["units"][0]["readers"][0]["entries"][0]["sheet"]["cells"]
    path = ("count", "units", 0, "readers", 1, "entries", 0, "sheet", "cells", next(iter(cells)))
    found = verified(rehashed({**files, "rounds/0001-1.json": changed(files["rounds/0001-1.json"], path)})).wrong
    assert "第1选区（东山村）第一次投票 东山村投票站" in found[0]
    assert re.search("两份录入不一致（(丁一|于二|王三|废票|收回|有效|经)", found[0])


def test_what_the_county_declares_otherwise_and_whose_election_is_void_is_told_and_is_no_fault(world, election, row):
    files = files_of(made(election))
    name = "rounds/0001-1.json"
    vote, whole = json.loads(files[name]), json.loads(files["election.json"])
    vote["winners"][0] |= {"votes": 16, "void": True}
    vote["above"] = [{"id": "x", "name": vote["winners"][0]["name"], "votes": 16}]
    told = {**files, name: canonical(vote), "election.json": canonical(whole | {"level": "county"})}
    found = verified(rehashed(told))
    assert found.wrong == []
    assert any("县级宣布的当选人是[['丁一', 16]]，本地计票是[['丁一', 15]]" in one for one in found.notes)
    assert any("丁一后来依法确定当选无效" in one for one in found.notes)
    assert verified(rehashed({**told, "election.json": files["election.json"]})).wrong
