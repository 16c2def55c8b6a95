"""manage.py rewrap_keys: wrap the data keys of every township under the newest kek."""

from django.core.management.base import BaseCommand

from congress.guard import scope
from congress.models import Township
from congress.people.erase import rewrap_all


class Command(BaseCommand):
    """Run after `make_keys --rotate kek` and a restart; values are not touched, and it may be run again at any time."""

    help = "用最新的主密钥重新封装全部数据密钥（先 make_keys --rotate kek 并重启）"

    def handle(self, *args, **options):
        total = 0
        for town in Township.objects.all():
            with scope.township(town):
                total += rewrap_all(actor=None, township=town)
        self.stdout.write(f"已重新封装{total}个数据密钥。旧的主密钥文件请保留到没有备份再用到它为止。")
