"""Where a list of voters stands, derived from what was done."""

from congress.staged import Staged


class ListStage(Staged):
    """The order of a list's work."""

    ASKED = "asked", "等待确认定稿", "warning", "另一人核对选民册后确认定稿"
    FROZEN = "frozen", "已定稿，待公布", "warning", "印发公告并张贴，然后登记公布"
    PUBLISHED = "published", "已公布", "good"


def list_stage(*, frozen: bool, published: bool) -> ListStage:
    """The stage of a list that somebody asked to freeze."""
    if published:
        return ListStage.PUBLISHED
    return ListStage.FROZEN if frozen else ListStage.ASKED
