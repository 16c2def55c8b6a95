"""Where papers on file stand."""

from congress.staged import Staged


class ArchiveStage(Staged):
    """The order in which they are kept."""

    FILED = "filed", "已归档", "info"
    SEALED = "sealed", "已封存", "good"
    DESTROYED = "destroyed", "已销毁", "neutral"


def archive_stage(*, sealed: bool, destroyed: bool) -> ArchiveStage:
    """The stage of one."""
    if destroyed:
        return ArchiveStage.DESTROYED
    return ArchiveStage.SEALED if sealed else ArchiveStage.FILED
