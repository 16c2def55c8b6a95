"""What the actions of this app share."""

from congress import clock
from congress.guard.action import action, lock
from congress.guard.refusal import refuse


def dependants(row) -> list[str]:
    """What kinds of kept records point at a row, in words, without repeats."""
    words = [
        str(relation.related_model._meta.verbose_name)
        for relation in type(row)._meta.related_objects
        if relation.related_model._default_manager.kept().filter(**{relation.field.name: row}).exists()
    ]
    return list(dict.fromkeys(words))


def take_back(what, actor, row, reason: str, *, subject=None, despite: str = "") -> None:
    """Withdraw a row entered by mistake. Raises Refused without a reason or while other records depend on it.

    `despite` is put at the end of the refusal: what to do instead.
    """
    if not reason.strip():
        refuse("请写明撤回原因。")
    depending = dependants(row)
    if depending:
        refuse(f"该{row._meta.verbose_name}已有{'、'.join(depending)}记录，不能撤回{despite}。")
    with action(what, actor=actor, subject=subject or row):
        current = lock(row)
        if current.withdrawn_at is not None:
            refuse("该记录已经撤回。")
        current.withdrawn_at, current.withdrawn_reason = clock.now(), reason.strip()
        current.save()
