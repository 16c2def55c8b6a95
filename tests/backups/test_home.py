"""The home pages say when the last backup was, and warn those who would lose their work."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from congress import backups, clock
from congress.backups.last import told

NOW = datetime(2026, 3, 9, 14, 0, tzinfo=clock.SHANGHAI)


def backed_up(days: float) -> None:
    with clock.frozen(NOW - timedelta(days=days)):
        told({})


@pytest.fixture
def words(world, browse):
    """What a user's home page says at NOW."""

    def said(user) -> str:
        name = ("administration",) if user in (world.system, world.security, world.auditor) else ("township_home",)
        args = [] if name == ("administration",) else [world.township.code]
        with clock.frozen(NOW):
            return browse(user).get(reverse(*name, args=args)).content.decode()

    return said


def test_before_the_first_backup_all_who_can_do_something_are_warned(world, words):
    told = words(world.system)
    assert "还没有备份过。" in told
    assert "script/manage backup" in told
    for user in (world.clerk, world.chair):
        assert "还没有备份过。机器损坏会丢失数据，请告诉系统管理员。" in words(user)
    for user in (world.deputy_user, world.handler, world.county_viewer):
        assert "备份" not in words(user)


def test_a_fresh_backup_is_told_to_the_administrator_and_disturbs_nobody(world, words):
    backed_up(30)
    backed_up(6.9)
    told = words(world.system)
    assert "最近一次备份：2026年3月2日 16:24。" in told
    assert "已超过" not in told
    assert "备份" not in words(world.clerk)


def test_after_seven_days_it_is_overdue(world, words):
    backed_up(7.1)
    assert "最近一次备份：2026年3月2日 11:36，已超过7天。" in words(world.system)
    assert "最近一次备份：2026年3月2日 11:36，已超过7天。机器损坏会丢失数据" in words(world.chair)


def test_an_office_may_set_the_days_or_back_up_in_another_way(world, words, settings):
    settings.BACKUP_DAYS = 1
    backed_up(2)
    assert "已超过1天" in words(world.clerk)
    settings.BACKUP_DAYS = 0
    assert "备份" not in words(world.clerk)
    assert "已超过" not in words(world.system)


def test_a_demonstration_warns_no_clerk(world, words, settings):
    settings.DEMO = True
    assert "还没有备份过" not in words(world.clerk)


def test_the_question_is_asked_once_a_minute_and_anew_after_a_backup(world, django_assert_num_queries):
    with django_assert_num_queries(5):  # the scope's own four, and one for the row
        backups.standing()
    for days in range(3):
        backed_up(3 - days)
    with django_assert_num_queries(5):
        assert backups.standing().at == NOW - timedelta(days=1)
    with django_assert_num_queries(0):
        assert backups.standing().at == NOW - timedelta(days=1)
