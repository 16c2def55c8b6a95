"""Stored files, issued documents and their numbers."""

from django.db import models

from congress.guard.record import Record, once


class StoredFile(Record):
    """Bytes that never change; kept in the database so that web and workers hold no state."""

    content = models.BinaryField("内容")
    content_type = models.CharField("类型", max_length=100)
    name = models.CharField("文件名", max_length=160)
    size = models.PositiveIntegerField("大小")
    sha256 = models.CharField("SHA-256", max_length=64)
    sm3 = models.CharField("SM3", max_length=64)

    guard_history = False
    guard_final = True
    guard_public = "id IN (SELECT file_id FROM public.congress_document)"

    class Meta:
        verbose_name = verbose_name_plural = "文件"

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.name


class Attachment(Record):
    """A file that belongs to a record of any app; who may see the record may see the file."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name="文件")
    subject_type = models.CharField("对象类型", max_length=60)
    subject_id = models.UUIDField("对象")
    caption = models.CharField("说明", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ("created_at",)
        indexes = [models.Index(fields=["township", "subject_type", "subject_id"], name="attachment_of")]

    def __str__(self):
        return self.caption or str(self.file_id)


class NumberSequence(Record):
    """The last number given out in a series of a year (document numbers, suggestion numbers), or of one subject, whose year
    is 0 (the notices of an election)."""

    series = models.CharField("序列", max_length=80)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已用到", default=0)
    # Numbers up to here were used on paper before the township began with this system.
    begun_after = models.PositiveIntegerField("启用前已用到", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "编号序列"
        constraints = [models.UniqueConstraint(fields=["township", "series", "year"], name="sequence_once")]

    def __str__(self):
        return f"{self.series} {self.year}"


class Document(Record):
    """An issued document: text and figures frozen, PDF stored, fingerprint kept. A correction names the one it replaces."""

    url_name = "document"
    kind = models.CharField("文种", max_length=40)
    title = models.CharField("标题", max_length=160)
    issuer = models.CharField("发文机关", max_length=20, default="presidium")  # a key of congress.documents.issuers
    # The counter the number comes from; empty for papers that bear none.
    series = models.CharField("编号序列", max_length=80, blank=True, default="document")
    number = models.CharField("编号", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    context = models.JSONField("定稿内容")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="PDF")
    subject_type = models.CharField("对象类型", max_length=60, blank=True)
    subject_id = models.UUIDField("对象", null=True, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="更正的文件"
    )
    correction_reason = models.CharField("更正原因", max_length=200, blank=True)
    # An edition for everybody bears the number of the whole paper it was made of.
    whole = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="editions", verbose_name="公开稿的原件"
    )
    issued_on = models.DateField("印发日期")

    guard_final = True
    guard_public = "id IN (SELECT document_id FROM public.congress_publication)"

    class Meta:
        verbose_name = verbose_name_plural = "印发文件"
        ordering = ("-issued_on", "-serial")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "series", "number"],
                condition=~models.Q(number="") & models.Q(whole__isnull=True),
                name="document_number_once",
            )
        ]

    def __str__(self):
        return f"{self.title}（{self.number}）" if self.number else self.title

    @property
    def audit_label(self):
        return self.number


class SignedCopy(Record):
    """The scan of a document as it was signed and sealed; a better one replaces it with a reason, and both stay."""

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="signed_copies", verbose_name="印发的文件"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="扫描件")
    kept_by = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="存入人")

    class Meta:
        verbose_name = verbose_name_plural = "签章扫描件"
        ordering = ("-created_at",)
        constraints = [once(["township", "document"], "signed_copy_once", "这份文件已有签章扫描件。")]

    def __str__(self):
        return f"{self.document}的签章扫描件"

    @property
    def audit_label(self):
        return self.document.number
