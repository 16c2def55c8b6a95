"""A stage is its key, and says its words, its tone and what is waited for."""

from congress.staged import Staged


class Toy(Staged):
    """A small order of work."""

    OPEN = "open", "办理中", "info", "等待答复"
    DONE = "done", "已办结", "good"


def test_a_stage_is_found_by_its_key_and_stands_for_it():
    assert Toy("open") is Toy.OPEN
    assert (f"{Toy.OPEN}", Toy.OPEN == "open", list(Toy)) == ("open", True, [Toy.OPEN, Toy.DONE])


def test_it_says_words_tone_and_what_is_waited_for_and_nothing_at_the_end():
    assert (Toy.OPEN.label, Toy.OPEN.tone, Toy.OPEN.next) == ("办理中", "info", "等待答复")
    assert (Toy.DONE.label, Toy.DONE.tone, Toy.DONE.next) == ("已办结", "good", "")
