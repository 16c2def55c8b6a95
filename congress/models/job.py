"""Long work with progress, and imports that can be undone."""

from django.db import models

from congress import clock
from congress.guard.record import Record


class Job(Record):
    """A piece of background work: survives logout and a killed worker (its advisory lock falls with its connection)."""

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "失败"
        CANCELLED = "cancelled", "已取消"

    kind = models.CharField("类别", max_length=40)
    title = models.CharField("名称", max_length=100)
    owner = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="jobs", verbose_name="发起人")
    arguments = models.JSONField("参数", default=dict)  # identifiers only, never personal data
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    note = models.CharField("说明", max_length=200, blank=True)
    result = models.JSONField("结果", default=dict)
    result_url = models.CharField("结果页", max_length=200, blank=True)
    file = models.ForeignKey(
        "congress.StoredFile", on_delete=models.PROTECT, null=True, blank=True, verbose_name="结果文件"
    )
    cancel_asked = models.BooleanField("请求取消", default=False)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    guard_action = False  # progress is written every second; the work itself runs in an action

    class Meta:
        verbose_name = verbose_name_plural = "办理进度"
        ordering = ("-created_at",)

    def __str__(self):
        return self.title

    def seconds_left(self) -> int | None:
        """Seconds until the end at the present rate, or None while there is none to tell."""
        if not (self.started_at and self.done and self.total) or self.state != self.State.RUNNING:
            return None
        passed = (clock.now() - self.started_at).total_seconds()
        return round(passed * (self.total - self.done) / self.done)


class ImportBatch(Record):
    """A workbook on its way in: uploaded, previewed, taken (all or the good rows), perhaps undone."""

    class State(models.TextChoices):
        PREVIEW = "preview", "待确认"
        TAKEN = "taken", "已导入"
        UNDONE = "undone", "已撤销"
        DROPPED = "dropped", "已放弃"

    kind = models.CharField("类别", max_length=40)
    file_name = models.CharField("文件名", max_length=160)
    mapping = models.JSONField("列对应", default=dict)
    counts = models.JSONField("计数", default=dict)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PREVIEW)
    owner = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="导入人")
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, verbose_name="数据密钥")
    content = models.BinaryField("上传内容（加密）", null=True)
    taken_at = models.DateTimeField("导入时间", null=True, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    guard_history = False  # holds the encrypted file, dropped once taken

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        ordering = ("-created_at",)

    def __str__(self):
        return self.file_name

    @property
    def audit_label(self):
        return self.get_state_display()


class ImportPiece(Record):
    """Some rows of a batch, sealed: as they are previewed, and once they are taken what stood there before."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="pieces", verbose_name="批次")
    number = models.PositiveIntegerField("序号")
    counts = models.JSONField("计数", default=dict)  # rows by what happens to them
    content = models.BinaryField("内容（加密）", null=True)

    guard_history = False  # like the batch itself

    class Meta:
        verbose_name = verbose_name_plural = "导入分段"
        ordering = ("batch", "number")
        constraints = [
            models.UniqueConstraint(fields=["township", "batch", "number"], name="one_import_piece_of_a_number")
        ]

    def __str__(self):
        return f"{self.batch_id} {self.number}"

    @property
    def data_key(self):
        """The key of its batch."""
        return self.batch.data_key


class ImportRow(Record):
    """Which record a batch made or changed, so that it can be taken back."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="rows", verbose_name="批次")
    subject_type = models.CharField("对象类型", max_length=60)
    subject_id = models.UUIDField("对象")
    created = models.BooleanField("新建", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入明细"

    def __str__(self):
        return f"{self.batch_id} {self.subject_id}"
