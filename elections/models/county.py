"""What the county reads of a township's roll, kept so that its page counts no voters."""

from django.db import models

from congress.kept_figures import KeptFigures


class RollFigures(KeptFigures):
    """How many voters the roll of one level's election held at a moment; written by `actions.county` and by nothing else."""

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="+", verbose_name="选举")
    voters = models.PositiveIntegerField("登记选民")

    class Meta:
        verbose_name = verbose_name_plural = "选民册汇总"
        constraints = [models.UniqueConstraint(fields=["township", "election"], name="roll_figures_once")]

    def __str__(self):
        return f"{self.voters}人"
