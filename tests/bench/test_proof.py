"""The invented county's bundles agree with what the verifier recomputes, and are told in one table."""

import pytest

from bench import proof, table


def test_a_small_county_is_written_and_recomputed(monkeypatch):
    monkeypatch.setattr(proof, "TOWNSHIPS", 2)
    monkeypatch.setattr(proof, "DISTRICTS", 3)
    found = proof.measure(0)
    assert (found["districts"], found["voters"], found["said"]) == (6, 6 * proof.VOTERS, "结论：相符。")
    shown = table._SHOWN["proof"](found)
    assert "2个乡镇，6个选区" in shown
    assert "verify_result.py 重算" in shown


def test_one_that_does_not_agree_is_an_error(tmp_path):
    (tmp_path / "坏.zip").write_bytes(b"PK")
    with pytest.raises(proof.subprocess.CalledProcessError):
        proof.run([str(tmp_path / "坏.zip")], own_sm3=False)
