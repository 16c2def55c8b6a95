"""Walks by chance through states, and what holds on each of them."""

from hypothesis.stateful import RuleBasedStateMachine, invariant


class Walk(RuleBasedStateMachine):
    """A walk on which `what_holds` is asked once something was done, which says so by `looked_at`: what was refused was rolled
    back whole."""

    looked_at = False

    def what_holds(self) -> None:
        """Assert what holds whatever is done."""
        raise NotImplementedError

    @invariant()
    def holds(self):
        if not self.looked_at:
            self.looked_at = True
            self.what_holds()
