"""What a township that is being set up has put off."""

from django.db import models

from congress.guard.record import Record, once


class TaskPutOff(Record):
    """A task of the first day that the office does later; taken up again, the row is withdrawn."""

    task = models.CharField("步骤", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "留待以后的起步事项"
        ordering = ("created_at",)
        constraints = [once(["township", "task"], "task_put_off_once", "这一步已经留待以后办理。")]

    def __str__(self):
        return self.task
