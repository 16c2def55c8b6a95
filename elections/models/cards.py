"""Voters' cards (选民证) where one votes by card: which number was given to whom, and what was given in place of a lost one.

A number says who may fetch ballots and nothing else: no ballot bears it, and nothing links a card to a ballot (选举法四十).
"""

from django.db import models

from congress.guard.record import Record, kept, once
from congress.people.fields import Personal
from elections.models.voters import BASIS, KEEP


class VoterCard(Record):
    """A card with its number in the district. A reissued one names the card it replaces, which is void from that day."""

    class Reason(models.TextChoices):
        LOST = "lost", "遗失"
        DAMAGED = "damaged", "损坏"
        WRONG = "wrong", "填写错误"

    class Taker(models.TextChoices):
        SELF = "self", "本人"
        FAMILY = "family", "家属代领"

    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, db_index=False, related_name="cards", verbose_name="选举"
    )
    registration = models.ForeignKey(
        "elections.Registration", on_delete=models.PROTECT, related_name="cards", verbose_name="选民登记"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name="选区"
    )
    number = models.PositiveIntegerField("选民证号")
    issued_on = models.DateField("制发日期")
    voided_on = models.DateField("作废日期", null=True, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="原选民证"
    )
    reason = models.CharField("补发原因", max_length=8, choices=Reason, blank=True)
    taken_by = models.CharField("领取人", max_length=6, choices=Taker, blank=True)

    url_name = "elections-card"

    personal_fields = {"number": Personal("发放选民证", BASIS, KEEP, "内部")}

    class Meta:
        verbose_name = verbose_name_plural = "选民证"
        ordering = ("district", "number")
        constraints = [
            once(["township", "election", "district", "number"], "voter_card_once", "这个选区已有这个选民证号。"),
            models.UniqueConstraint(
                fields=["township", "registration"],
                condition=kept() & models.Q(voided_on__isnull=True),
                name="voter_card_valid_once",
                violation_error_message="这名选民已有一张有效的选民证。",
            ),
        ]

    def __str__(self):
        return f"选民证第{self.number}号"

    @property
    def audit_label(self):
        return str(self)
