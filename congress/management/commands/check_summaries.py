"""`manage.py check_summaries`: derive every due day and summary from the facts again and compare."""

from django.core.management.base import BaseCommand, CommandError

from congress.models import Township
from congress.work import sources


class Command(BaseCommand):
    """Says how many rows differ from the facts, township by township; fails when any does and nobody asked to mend."""

    help = "按事实重新推算各乡镇的期限和汇总，与保存的比较"

    def add_arguments(self, parser):
        """The arguments."""
        parser.add_argument("--mend", action="store_true", help="不一致的改正过来")
        parser.add_argument("--stale", action="store_true", help="只看规则有变化、还没有重新推算的乡镇")
        parser.add_argument("--township", metavar="代码", help="只看一个乡镇")

    def handle(self, *args, mend: bool, stale: bool, township: str | None, **options):
        """Compare; with `mend` write what differs."""
        places = Township.objects.select_related("county").order_by("code")
        if township:
            places = places.filter(code=township)
            if not places:
                raise CommandError(f"没有代码为{township}的乡镇。")
        differing = 0
        for place in places:
            if stale and not sources.stale(place):
                continue
            found = sources.renew(place) if mend else sources.differing(place)
            differing += 0 if mend else found
            self.stdout.write(f"{place.code} {place}：{'改正' if mend else '不一致'}{found}行")
        if differing:
            raise CommandError(f"共{differing}行与事实不一致，用 --mend 改正。")
