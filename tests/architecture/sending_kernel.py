"""What is entered in the forms of the kernel: units, accounts, files, the congress's sessions and officers."""

from congress.models import Membership, User
from tests.architecture.sending_case import DAY, Case


def _a_vice_chair(samples):
    """The membership of somebody to whom rights can be handed over."""
    user = User.objects.create(username="vice", display_name="程副")
    return Membership.objects.create(user=user, role="vice", township=samples.town)


KERNEL: dict[str, Case] = {
    "congress.web.forms.UnitForm": Case("unit-new", {"name": "新设单位"}),
    "congress.web.forms.CategoryForm": Case("category-new", {"label": "新设类别", "position": 9}),
    "congress.web.forms_people.ChannelForm": Case("channel-new", {"kind": "sms", "address": "13912345678"}),
    "congress.web.attachments.UploadForm": Case("attach"),
    "congress.web.attachments.SignedCopyForm": Case("document-signed", {"reason": "原来的看不清"}),
    "congress.web.forms_people.AccountForm": Case(
        "member-new", {"username": "newclerk", "display_name": "程新", "role": "clerk"}, who="chair", first=200
    ),
    "congress.web.forms_people.DelegationForm": Case(
        "delegation-new",
        {"rights": ["proposals.assign"], "since": "2099-01-01", "until": "2099-02-01"},
        who="chair",
        args={"pk": _a_vice_chair},
    ),
    "congress.web.forms_people.NewUserForm": Case(
        "administration-user-new", {"username": "newuser", "display_name": "程新"}, who="system", first=200
    ),
    "congress.web.forms_people.GrantForm": Case(
        "administration-user", {"role": "chair", "township": lambda samples: samples.town}, who="system"
    ),
    "congress.web.forms_people.ErasureForm": Case(
        "erasure-new",
        {"reason": "任期届满已满五年"},
        args={"model": "proposals.visitor", "pk": lambda samples: samples["visitor"]},
    ),
    "congress.assembly.forms.SessionForm": Case(
        "assembly-session-new", {"number": 7, "opened_on": DAY, "entitled": 50, "present": 48}
    ),
    "congress.assembly.forms.OfficerForm": Case("assembly-officer-new", {"name": "程新", "elected_on": "2022-03-02"}),
    "congress.assembly.forms.CredentialsMemberForm": Case(
        "assembly-credentials-member-new", {"post": "member", "deputy": lambda samples: samples["pending"]}
    ),
    "congress.assembly.forms.MeetingForm": Case(
        "assembly-meeting-new", {"held_on": DAY, "topics": "听取汇报", "entitled": 9, "present": 8}
    ),
}
