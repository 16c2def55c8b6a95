"""What waits about the roster."""

from django.urls import reverse

from congress.models import Message, Role
from congress.permissions import Standing
from congress.web.todo import Todo, provider
from deputies.actions import ANSWERED
from deputies.models import Correction, Deputy, OwnActivity
from deputies.permissions import APPROVE


@provider
def roster(standing: Standing):
    """Entries to approve for the chair, corrections for the clerk, their answers for the deputy."""
    if standing.township is None:
        return
    code = standing.township.code
    if standing.has(Role.CHAIR, Role.CLERK):
        waiting = Deputy.objects.kept().filter(state=Deputy.State.PENDING)
        url = reverse("deputies-list", args=[code]) + "?state=pending"
        if standing.allows(APPROVE):
            yield Todo("代表信息待审核", waiting, url, "warning")
        else:
            yield Todo("代表信息等待主席审核", waiting, url, "info", "审核通过以后才能登记接待、提出建议、开通账号")
    if standing.has(Role.CLERK):
        entered = OwnActivity.objects.kept().filter(state=OwnActivity.State.ENTERED)
        url = reverse("deputies-own-activities", args=[code]) + "?state=entered"
        yield Todo("代表自报的活动待确认", entered, url, "warning", "确认以前不计入任何统计")
        asked = Correction.objects.filter(state=Correction.State.ASKED)
        yield Todo("代表更正申请待处理", asked, reverse("deputies-corrections", args=[code]), "warning")
    if standing.has(Role.DEPUTY):
        returned = OwnActivity.objects.kept().filter(state=OwnActivity.State.RETURNED, deputy__account=standing.user)
        url = reverse("deputies-own-activities", args=[code]) + "?state=returned"
        yield Todo("自报的活动被退回，请修改或者撤回", returned, url, "warning")
        answered = Message.objects.filter(recipient=standing.user, kind=ANSWERED, read_at__isnull=True)
        yield Todo("更正申请已有答复", answered, reverse("deputies-me", args=[code]))
