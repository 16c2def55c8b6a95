"""What is entered in the forms about deputies, their seats, districts, stations and activities."""

from congress.models import Category, Membership, User
from tests.architecture.sending_case import DAY, Case, no_seat_of_the_county


def _an_item_not_met(samples):
    """An item of the check-list no station meets yet."""
    return Category.objects.create(township=samples.town, kind=Category.Kind.CHECKLIST, label="有牌子")


def _a_station_to_entrust(samples):
    """A station, and somebody who may be entrusted with it."""
    user = User.objects.create(username="liaison", display_name="程联")
    Membership.objects.create(user=user, role="liaison", township=samples.town)
    return samples["station"]


DEPUTIES: dict[str, Case] = {
    "deputies.forms.DeputyForm": Case("deputies-new", {"name": "程新", "gender": "male", "ethnicity": "汉族"}),
    "deputies.forms.MandateForm": Case(
        "deputies-mandate-new",
        {"term": no_seat_of_the_county, "elected_on": "2021-11-20", "district": ""},
    ),
    "deputies.forms.CorrectionForm": Case(
        "deputies-correct", {"field": "employer_post", "value": "云溪小学教师"}, who="deputy_user"
    ),
    "deputies.forms.AccountsForm": Case("deputies-accounts", {"everyone": "on"}),
    "deputies.forms.IssueForm": Case("deputies-roster-issue"),
    "deputies.forms.TermForm": Case("deputies-term-new", {"number": 30, "seats": 50, "started_on": "2026-11-10"}),
    "deputies.forms.DistrictForm": Case(
        "deputies-district-new", {"number": 30, "name": "新村", "seats": 1, "kind": "residence"}
    ),
    "deputies.forms.GroupForm": Case("deputies-group-new", {"name": "新组"}),
    "deputies.forms.StationForm": Case("deputies-station-new", {"name": "新站", "opened_on": DAY}),
    "deputies.forms.LiaisonForm": Case("deputies-liaison-new", args={"pk": _a_station_to_entrust}),
    "deputies.forms.ItemForm": Case(
        "deputies-station-item", {"met_on": DAY, "evidence": "照片存站内"}, args={"item": _an_item_not_met}
    ),
    "deputies.forms.ActivityForm": Case(
        "deputies-activity-new",
        {"title": "走访选民", "held_on": DAY, "half_days": 1, "everybody": "on"},
        query="?kind=visit",
    ),
    "deputies.forms.own_activities.OwnActivityForm": Case(
        "deputies-own-activity-new", {"title": "走访选民", "held_on": DAY}, who="deputy_user", query="?kind=visit"
    ),
}
