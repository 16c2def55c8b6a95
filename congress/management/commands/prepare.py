"""`manage.py prepare`: what must be so before the product serves, asked in one process as the role that will serve."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from congress import audit
from congress.guard.editions import edition_faults
from congress.guard.standing import is_behind

BEHIND = "数据表须更新"


class Command(BaseCommand):
    """Makes missing keys; says BEHIND, and no more, where `migrate` has something to do; otherwise checks database and mode
    (an unguarded table, a demonstration's data in an office, tables of a forgotten version fail) and seals the heads of the chains."""

    help = "启动前的准备：补齐密钥，看数据表是否须更新，检查数据库和运行方式，加盖审计锚点"
    requires_system_checks = ()  # they are asked below, with the database

    def handle(self, *args, **options):
        """Say what was found."""
        call_command("make_keys", stdout=self.stdout)
        if faults := edition_faults():
            raise CommandError("；".join(faults))
        if is_behind():
            self.stdout.write(BEHIND)
            return
        call_command("check", databases=["default"], stdout=self.stdout)
        self.stdout.write(f"已锚定{audit.anchor()}条链。")
