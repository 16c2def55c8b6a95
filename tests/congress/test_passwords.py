"""What a password must be: a long phrase passes, what is guessed first does not, and every word about it is Chinese."""

import re

import pytest
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from congress import accounts
from congress.guard import scope
from congress.models import User
from congress.web.passwords import RULE
from tests.cast import PASSWORD

PHRASE = "春天在云溪村栽了三百棵梨树"


def person(**values):
    return User(**{"username": "wangxiaoming01", "display_name": "王小明", "email": "post@example.cn"} | values)


@pytest.mark.parametrize(
    "password",
    [
        PHRASE,
        "梨树桃树各栽三百棵啊",  # ten Chinese characters
        "chuntian zai cun li",
        "duobianshijisuan",
        "Lishu-2026x",
        "栽梨树 300 棵，真好 Ok",
    ],
)
def test_a_long_phrase_and_a_mixed_password_pass(password):
    assert validate_password(password, person()) is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "现在是5个字符"),
        ("梨树桃树各栽百棵", "现在是8个字符"),
        ("onlyletters", "再长一些"),
        ("123Onl", "至少要10个"),
        ("wangxiaoming01 zai jia", "自己的姓名"),
        ("woshiwangxiaoming ya", "自己的姓名"),
        ("王小明在云溪村栽了三百棵梨树", "自己的姓名"),
        ("wo de dianhua 13912345678", "手机号"),
        ("password1234567", "太常见"),
        ("Password2026!", "太常见"),
        ("Qingyan-2022", "太常见"),
        ("aaaaaaaaaaaaaaaa", "太常见"),
        ("lishulishulishulishu", "太常见"),
        ("12345678901234567", "太常见"),
        ("abcdefghijklmnop", "太常见"),
        ("床前明月光，疑是地上霜", "太常见"),
        ("qwertyuiopasdfg", "太常见"),
    ],
)
def test_what_is_guessed_first_is_refused_with_the_reason(password, words):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, person())
    assert words in "".join(refused.value.messages)


def test_two_letters_of_a_login_name_may_stand_in_a_phrase():
    assert validate_password("chuntian zai li shan", person(username="li01", display_name="李")) is None


def test_every_rule_for_passwords_speaks_chinese():
    user = person()
    user.set_password("Qq-12345678")
    said = set()
    for password in ("short", "onlyletters", "password123", "wangxiaoming", "Qq-12345678"):
        for rule in get_default_password_validators():
            try:
                rule.validate(password, user)
            except ValidationError as error:
                said.update(error.messages)
            said.add(rule.get_help_text())
    assert len(said) > len(get_default_password_validators())
    assert not [text for text in said if re.search(r"[A-Za-z]{3}", text)], said


@pytest.fixture
def newcomer(world, client):
    """Somebody with a one-time code, just logged in with it."""
    with scope.accounts():
        user, code = accounts.create_account(None, "fresh01", "新来者")
        accounts.give(None, user, "clerk", township=world.township)
    client.post(reverse("account_login"), {"login": "fresh01", "password": code})
    return user, code


def choose(client, first, again=None):
    form = {"password1": first, "password2": first if again is None else again}
    return client.post(reverse("account_change_password"), form)


def test_the_first_password_asks_for_no_code_again_and_leads_home(world, client, newcomer):
    page = reverse("account_change_password")
    assert client.get(reverse("home")).url == page
    shown = client.get(page).content.decode()
    assert RULE in shown
    assert "oldpassword" not in shown
    assert choose(client, PHRASE).url == reverse("home")
    home = client.get(reverse("home"), follow=True)
    assert home.redirect_chain == [(reverse("township_home", args=[world.township.code]), 302)]
    client.logout()
    answer = client.post(reverse("account_login"), {"login": "fresh01", "password": PHRASE})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("first", "again", "field", "words"),
    [
        ("", "", "password1", "请填写。"),
        ("short", "short", "password1", ""),
        (PHRASE, "", "password2", "请填写。"),
        (PHRASE, "abc", "password2", "两遍写的不一样，请再写一遍。"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_in_chinese(client, newcomer, first, again, field, words):
    answer = choose(client, first, again)
    errors = answer.context["form"].errors
    assert field in errors
    assert not words or errors[field] == [words]
    assert User.objects.get(pk=newcomer[0].pk).check_password(newcomer[1])
    assert not [one for found in errors.values() for one in found if re.search("[A-Za-z]{3}", one)]


def test_the_code_itself_is_not_kept_as_the_password(client, newcomer):
    assert "不能与现在的密码" in choose(client, newcomer[1]).content.decode()


def test_who_has_a_password_says_the_present_one_and_is_told_in_chinese(world, browse):
    form = {"oldpassword": "wrong", "password1": PHRASE, "password2": PHRASE}
    answer = browse(world.clerk).post(reverse("account_change_password"), form)
    assert answer.context["form"].errors["oldpassword"] == ["现在的密码不对，请重新填写。"]
    done = browse(world.clerk).post(reverse("account_change_password"), form | {"oldpassword": PASSWORD})
    assert done.url == reverse("home")
