"""manage.py rewrap_keys: wrap data keys under the newest kek, make blind indexes under the newest index key."""

from django.core.management.base import BaseCommand
from django.db import transaction

from congress.guard import scope
from congress.models import Township
from congress.people.rekey import reindex_all, rewrap_all
from congress.web import second_factor


class Command(BaseCommand):
    """Run after `make_keys --rotate kek` (or `index`, with writing stopped) and a restart; it may be run again at any time."""

    help = "用最新的主密钥重新封装全部数据密钥，用最新的检索密钥重算检索值（先 make_keys --rotate 并重启；换检索密钥时先停止录入）"

    def handle(self, *args, **options):
        wrapped = indexed = 0
        for town in Township.objects.all():
            with scope.township(town):
                wrapped += rewrap_all(actor=None, township=town)
                indexed += reindex_all(actor=None, township=town)
        with transaction.atomic():
            factors = second_factor.reseal()
        self.stdout.write(f"已重新封装{wrapped}个数据密钥、{factors}份两步验证的密钥，重算{indexed}条记录的检索值。")
        self.stdout.write("旧的密钥文件请保留到没有备份再用到它为止。")
