"""Rehearsals (演练): a township that is invented, in which people practise what they will do in the real one.

It is made after a real township, beside which it stands; those who run that one may enter it at once. It never becomes real
and the real one never a rehearsal. Nothing is deleted: out of use it is closed, and nobody enters it any more.
"""

from congress import accounts, clock
from congress.first_day import found
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.models import Membership, Role, Township, User

CLOSE = verb("congress.close_rehearsal", "停用了演练乡镇")
SERIALS = range(
    901, 1000
)  # of the last three digits of the code, which a real township has as 000 and villages up to 899
ENTER = (Role.CHAIR, Role.VICE, Role.CLERK)
_ALIKE = ("county", "kind", "head_title", "document_word", "motto", "population", "clerk_hands_over", "second_factor")


def after(township: Township) -> Township:
    """A rehearsal of a township, not saved yet, with a name and a code of its own. Raises Refused where the township is a
    rehearsal itself, has one in use, or has had one for every code there is."""
    if township.rehearsal:
        refuse("演练乡镇不能再开演练，请在正式的乡镇上开。")
    begins = township.code[:9]
    if open_now := Township.objects.rehearsals().filter(code__startswith=begins).first():
        refuse(f"{open_now}还在用，请接着用；要重新开始的，先停用它。")
    taken = set(Township.objects.filter(code__startswith=begins).values_list("code", flat=True))
    free = [code for serial in SERIALS if (code := f"{begins}{serial}") not in taken]
    if not free:
        refuse(f"{township}开过的演练乡镇太多，已没有可用的代码。")
    serial = len(SERIALS) - len(free)
    name = f"{township.name}（演练{serial + 1 if serial else ''}）"
    return Township(code=free[0], name=name, rehearsal=True, **{field: getattr(township, field) for field in _ALIKE})


def open_rehearsal(actor: User, township: Township) -> Township:
    """Make a rehearsal of a township with what a township begins with; who is chair, vice-chair or clerk there is so here.
    Raises Refused as `after`. Call where accounts may be managed. Side effect: events of each row and role."""
    made = found(actor, after(lock(township)))  # locked: sent twice, the form makes one
    for one in Membership.objects.filter(township=township, role__in=ENTER, ended_at__isnull=True).select_related(
        "user"
    ):
        accounts.give(actor, one.user, one.role, township=made)
    return made


def close(actor: User, township: Township) -> Township:
    """Take a rehearsal out of use: its roles end, its accounts that have no other role are switched off. Raises Refused for a
    real township and for one that is closed. Call where accounts may be managed. Side effect: one event, and one a role."""
    with action(CLOSE, actor=actor, township=township) as act:
        act.subject = current = lock(township)
        if not current.rehearsal or current.closed_on:
            refuse("只有在用的演练乡镇可以停用。")
        current.closed_on = clock.today()
        current.save()
    for one in Membership.objects.filter(township=current, ended_at__isnull=True).select_related("user"):
        accounts.end_with_office(actor, one, "演练乡镇停用")
    return current
