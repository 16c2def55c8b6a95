"""manage.py erase_person: erase one person's data for good."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from congress.guard import scope
from congress.guard.action import Refused
from congress.models import Township
from congress.people.erase import erasable_models, erase


class Command(BaseCommand):
    """For the few cases no page can serve; the page of the clerk and the chair is the ordinary way."""

    help = "销毁一个人的个人信息（不可恢复），例如：erase_person 110101101000 deputies.deputy 编号 --reason 届满五年"

    def add_arguments(self, parser):
        parser.add_argument("township", help="乡镇的区划代码")
        parser.add_argument("kind", choices=[model._meta.label_lower for model in erasable_models()], help="哪一类人")
        parser.add_argument("id", help="编号（页面地址里的那一串）")
        parser.add_argument("--reason", required=True, help="依据，写入审计记录；不要写姓名和号码")
        parser.add_argument("--yes", action="store_true", help="不再询问")

    def handle(self, *args, township, kind, id, reason, yes, **options):
        town = Township.objects.filter(code=township).first()
        if town is None:
            raise CommandError(f"没有区划代码为 {township} 的乡镇。")
        model = next(model for model in erasable_models() if model._meta.label_lower == kind)
        with scope.township(town):
            try:
                person = model.objects.get(pk=id)
            except (model.DoesNotExist, ValidationError):
                raise CommandError(f"{town}没有这个编号的{model._meta.verbose_name}。") from None
            if (
                not yes
                and input(f"销毁后不可恢复。确定销毁{town}的{model._meta.verbose_name} {id}？输入“销毁”继续：")
                != "销毁"
            ):
                raise CommandError("没有销毁。")
            try:
                rows = erase(person, actor=None, reason=reason)
            except Refused as refused:
                raise CommandError(str(refused)) from None
        self.stdout.write(f"已销毁，涉及{sum(rows.values())}条记录。此前的备份在过期以前仍有这些信息。")
