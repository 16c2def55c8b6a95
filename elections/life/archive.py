"""The steps of papers on file: sealed, opened, destroyed."""

from congress import order
from congress.guard.action import verb
from congress.steps import Life, Step, Words, register
from elections import permissions as may
from elections.actions import archive as acts
from elections.forms import archive as forms
from elections.models import ArchiveItem
from elections.queries.archive import stage_of
from elections.stages.archive import ArchiveStage

SEAL = verb("elections.seal_archive", "封存了归档文件")
UNSEAL = verb("elections.unseal_archive", "启封了归档文件")
DESTROY = verb("elections.destroy_archive", "销毁了归档文件")


_at = order.at(lambda attempt: stage_of(attempt.record))

ARCHIVE = register(
    Life(
        name="elections-archive",
        kind="elections.archive",
        model=ArchiveItem,
        read=lambda rows: rows.select_related("township__county", "election__campaign", "election__term", "district"),
        visible=lambda standing: ArchiveItem.objects.kept(),
        steps=(
            Step(
                "seal",
                Words("封存", "封存归档文件", "封存", "lock"),
                said="已封存。",
                verb=SEAL,
                form=forms.SealForm,
                permission=may.EDIT,
                act=acts.seal,
                when=_at(ArchiveStage.FILED),
                check=acts.check_witnesses,
            ),
            Step(
                "unseal",
                Words("启封", "启封归档文件", "启封"),
                said="已启封；用完以后重新封存。",
                verb=UNSEAL,
                form=forms.UnsealForm,
                permission=may.EDIT,
                act=acts.unseal,
                when=_at(ArchiveStage.SEALED),
                check=acts.check_witnesses,
                main=False,
            ),
            Step(
                "destroy",
                Words("登记销毁", "登记销毁", "登记销毁"),
                said="已登记销毁，记录长期保存。",
                verb=DESTROY,
                form=forms.DestroyForm,
                permission=may.EDIT,
                act=acts.destroy,
                when=_at(ArchiveStage.FILED, ArchiveStage.SEALED),
                lacks=acts.too_early,
                check=acts.check_witnesses,
                main=False,
                apart=True,
                proved=True,
            ),
        ),
    )
)
