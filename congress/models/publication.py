"""What of the issued documents anybody may read below a township's public entrance."""

from django.db import models

from congress.guard.record import Record, once
from congress.models.document import Document


class Publication(Record):
    """An issued document put on the public pages on a day; withdrawn, it is off them again."""

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="publications", editable=False, verbose_name="文件"
    )
    published_on = models.DateField("公布日期")

    guard_public = "withdrawn_at IS NULL"

    class Meta:
        verbose_name = verbose_name_plural = "公开页面上的文件"
        ordering = ("-published_on", "-created_at")
        constraints = [once(["township", "document"], "publication_once", "这份文件已经在公开页面上。")]

    def __str__(self):
        return str(self.document)

    @property
    def audit_label(self):
        return self.document.audit_label
