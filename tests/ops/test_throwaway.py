"""What is set up for one piece of work is gone after it, however it ends."""

import pytest

from script.lib import throwaway
from script.lib.say import Stop
from script.lib.supervisor import Leave


def test_the_folder_is_there_for_the_work_and_gone_after_it():
    seen = []

    def work(data, supervisor):
        (data.root / "kept").write_text("x", encoding="utf-8")
        seen.append(data.root)
        return 7

    assert throwaway.run("test", work) == 7
    assert not seen[0].exists()
    assert seen[0].name.startswith("congress-test-")


@pytest.mark.parametrize(("reason", "code"), [(Stop("没有地方"), 1), (Leave(), 130)])
def test_a_reason_to_stop_is_an_exit_code(reason, code, capsys):
    seen = []

    def work(data, supervisor):
        seen.append(data.root)
        (data.root / "servers.log").write_text("postgres | 端口被占\n", encoding="utf-8")
        raise reason

    assert throwaway.run("test", work) == code
    assert not seen[0].exists()
    said = "".join(capsys.readouterr())
    assert ("没有地方" in said and "postgres | 端口被占" in said) == (code == 1)


def test_a_fault_of_the_work_itself_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        throwaway.run("test", lambda data, supervisor: 1 // 0)
