"""Slips to log in with: new codes for many at once, and fetching what a job has made."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress import files, slips
from congress.models import SlipBatch, User
from congress.permissions import ACCOUNTS
from congress.web.codes import SENT_BEFORE
from congress.web.forms_people import CodesForm
from congress.web.pages import done, page, township_view
from congress.web.proof import proved
from congress.web.records import at, form_page
from congress.work import jobs


@township_view(ACCOUNTS)
@proved
def codes(request, township):
    """New one-time codes for those who never logged in, or for those who are ticked."""
    people = slips.may_get_code(request.standing)
    form = CodesForm(request.POST or None, people=people)

    def begin():
        users = sorted({one.user_id for one in form.cleaned_data["members"]})
        title = f"重发{len(users)}人的一次性口令"
        return slips.start(slips.REISSUE, title, request.user, township, {"users": users}, form.cleaned_data["key"])

    return form_page(
        request,
        form,
        begin,
        title="重发一次性口令",
        lead="重发后原来的密码和口令立即失效。提交后在后台办理，办完下载登录凭条（PDF），打印、裁开、当面交给本人。",
        submit="重发",
        said="已开始重发，完成后在本页下载登录凭条。",
        already=SENT_BEFORE,
        back=lambda job: at(township, "job", job.pk),
        cancel_url=at(township, "members"),
        template="congress/member_codes.html",
        number=len(form.fields["members"].choices),
        batches=slips.SLIPS.of(request.user),
        under_way=jobs.under_way(slips.REISSUE),
    )


@township_view(ACCOUNTS)
def slip_batch(request, township, pk):
    """Whom a batch is for, who has come in since, who was not served and why; to fetch it or to clear it."""
    batch = get_object_or_404(SlipBatch.objects.filter(owner=request.user), pk=pk)
    if request.method == "POST" and batch.content is not None:
        slips.SLIPS.drop(request.user, batch)
        return done(request, "凭条已清除。", at(township, "slips", pk))
    people = User.objects.filter(pk__in=[*batch.users, *(int(one) for one in batch.refused if one.isdigit())])
    names = {one.pk: one for one in people.order_by("username")}
    context = {
        "batch": batch,
        "fetchable": slips.SLIPS.of(request.user).filter(pk=pk).exists(),
        "people": [one for pk_, one in names.items() if pk_ in batch.users],
        "refused": [(names.get(int(one)) if one.isdigit() else None, why) for one, why in batch.refused.items()],
        "file_url": at(township, "slips-file", pk),
        "codes_url": reverse("member-codes", args=[township.code]),
    }
    return page(request, "congress/slips.html", context)


@township_view(ACCOUNTS, notes=True)
def slip_file(request, township, pk):
    """The slips as a PDF, for the clerk who asked for them."""
    batch = get_object_or_404(SlipBatch.objects.filter(owner=request.user), pk=pk)
    answer = files.download(
        slips.SLIPS.fetch(request.user, batch), name=f"{township.name}登录凭条.pdf", content_type="application/pdf"
    )
    del answer.taken_along  # told already, as what it is
    return answer
