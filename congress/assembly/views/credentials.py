"""The credentials committees that the sessions passed."""

from congress.assembly import queries
from congress.assembly.actions import CREDENTIALS as KEEPING
from congress.assembly.forms import CredentialsMemberForm
from congress.assembly.models import CredentialsMember
from congress.assembly.permissions import EDIT, VIEW
from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.search import Among, Name
from congress.web.table import Col, Listing, by_field, show
from congress.wording import chinese_date

MEMBERS = Listing(
    title="代表资格审查委员会",
    name="credentials",
    columns=[
        Col(
            "deputy",
            "姓名",
            lambda row: row.deputy.name,
            "deputy__stroke_key",
            lambda row, town: url_of(row, town),
            find=Name("deputy__name"),
        ),
        Col("post", "职务", lambda row: row.get_post_display(), "post", find="post"),
        Col(
            "session",
            "通过的会议",
            lambda row: str(row.session),
            "session__opened_on",
            width=34,
            find=Among("session", queries.named_sessions),
        ),
        Col("left_on", "退出日期", lambda row: row.left_on, "left_on", find="left_on"),
    ],
    default="-session",
    search_hint="姓名、职务、会议",
    filters=[by_field("post", "职务", CredentialsMember.Post.choices)],
    empty=("还没有代表资格审查委员会", "在第一次会议的页面上登记这次会议通过的成员。"),
    empty_icon="person",
)


@township_view(VIEW)
def members(request, township):
    """Everybody who sits or sat in a credentials committee."""
    return show(request, township, MEMBERS, queries.credentials_members().filter(township=township))


@township_view(VIEW)
def member(request, township, pk):
    """One member: post, session, until when."""
    found = kept_or_404(queries.credentials_members(), pk)
    rows = [
        ("代表", found.deputy.name, url_of(found.deputy, township)),
        ("职务", found.get_post_display()),
        ("通过的会议", str(found.session), url_of(found.session, township)),
        ("退出日期", chinese_date(found.left_on)),
    ]
    breadcrumbs = [("代表资格审查委员会", at(township, "assembly-credentials")), (found.deputy.name, "")]
    return detail_page(request, KEEPING, found, rows=rows, edit=EDIT, breadcrumbs=breadcrumbs)


@township_view(EDIT)
def member_new(request, township, pk):
    """Record who was passed as a member."""
    session = kept_or_404(queries.sessions(), pk)
    form = CredentialsMemberForm(request.POST or None, instance=CredentialsMember(township=township, session=session))
    back = url_of(session, township)
    return keep_page(request, KEEPING, form, listed=back, back=back, lead=str(session), again="保存，再登记一个")


@township_view(EDIT)
def member_edit(request, township, pk):
    """Change what is recorded of a member."""
    found = kept_or_404(queries.credentials_members(), pk)
    form = CredentialsMemberForm(request.POST or None, instance=found)
    return keep_page(request, KEEPING, form, listed=at(township, "assembly-credentials"), lead=str(found.session))


@township_view(EDIT)
def member_withdraw(request, township, pk):
    """Take back a member entered by mistake."""
    found = kept_or_404(queries.credentials_members(), pk)
    return withdraw_page(request, KEEPING, found, url_of(found.session, township))
