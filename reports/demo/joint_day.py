"""The reception day of the first half of 2022, on which officers of the county received as ordinary deputies."""

from datetime import date, timedelta

from proposals import actions
from proposals.actions import NewMatter
from proposals.life import MATTER
from proposals.models import Matter
from reports.demo.diary import Story
from reports.demo.places import (
    COUNTY_LABOUR,
    COUNTY_ROADS,
    COUNTY_SCHOOLS,
    COUNTY_TRADE,
    COUNTY_WATER,
)
from reports.demo.receptions import log
from reports.demo.town import Town

DAY = date(2022, 5, 18)
SPOT, UNIT = Matter.Channel.ON_THE_SPOT, Matter.Channel.UNIT

# Nine matters in the order of the report; (category, words, way, answer or result, unit, days until resolved or None).
MATTERS = (
    (
        "水利设施",
        "砚北村到沙洄村的灌渠年久失修，今年春灌下游三个组没有水。",
        SPOT,
        "当场由区水利局明确列入应急维修，五日内疏通淤塞段。",
        None,
        None,
    ),
    (
        "水利设施",
        "栗坪村上面的小水库要除险加固，群众盼了几年，不知道什么时候动工。",
        UNIT,
        "除险加固工程已开工，汛前完成主坝防渗，村民代表参加了进度通报会。",
        COUNTY_WATER,
        38,
    ),
    (
        "教育资源",
        "中心小学教室漏雨、课桌破旧，希望尽快修一修。",
        SPOT,
        "区教育体育局当场答复，暑假前完成屋面维修，更换课桌一百二十套。",
        None,
        None,
    ),
    (
        "教育资源",
        "镇上没有公办幼儿园，私立收费高，盼着建一所公办园。",
        UNIT,
        "公办幼儿园已完成选址和立项，列入下一年度建设计划，明年秋季招生。",
        COUNTY_SCHOOLS,
        300,
    ),
    (
        "基层防控人员待遇",
        "村里防控卡口值守人员的补助发得慢，标准也不一样。",
        SPOT,
        "现场统一了补助标准，明确月底前全部发放到位。",
        None,
        None,
    ),
    (
        "公路交通设施",
        "枫桥头村到集镇的路又窄又弯，会车都困难，希望拓宽并装上护栏。",
        UNIT,
        "已完成会车道建设六处，安装波形护栏一点二公里。",
        COUNTY_ROADS,
        75,
    ),
    (
        "农贸商城改造",
        "农贸商城棚顶漏水、排水不畅，商户和买菜的意见都很大。",
        UNIT,
        "改造工程完成，棚顶更换、排水沟疏通，商户已全部回迁。",
        COUNTY_TRADE,
        110,
    ),
    (
        "环境卫生",
        "云砚社区背街小巷的垃圾清运不及时，夏天气味大。",
        SPOT,
        "当场确定增加清运频次，增设垃圾桶三十个，由社区监督。",
        None,
        None,
    ),
    (
        "基层农村干部养老保险待遇",
        "村干部干了十几年，养老保险怎么缴、离任后有什么保障，希望给个明确说法。",
        UNIT,
        "离任村干部补助办法已印发，在职村干部按灵活就业人员参保并给予补贴。",
        COUNTY_LABOUR,
        270,
    ),
)


def with_officers_of_yunyan(town: Town) -> Story:
    """Nine matters; seven are solved within the year, two are with departments of the county beyond its end."""
    officers = town.of_county[: len(town.place.county_officers)]
    units = [town.unit(name) for name in (COUNTY_WATER, COUNTY_SCHOOLS, COUNTY_ROADS, COUNTY_TRADE, COUNTY_LABOUR)]
    held = log(
        town,
        town.clerk,
        town.stations[0],
        [*officers, *town.leads[:2]],
        people=43,
        batches=9,
        companions=units,
        offices={deputy.pk: post.post for deputy, post in zip(officers, town.place.county_officers, strict=True)},
        note="上半年集中接待选民日，区有关部门现场答复",
    )
    for label, words, way, answer, unit_name, days in MATTERS:
        unit = town.unit(unit_name) if unit_name else None
        new = NewMatter(words, town.categories[label], way, answer if way == SPOT else "", unit)
        matter = actions.add_matter(town.clerk, held, new)
        if days:
            town.diary.begin(DAY + timedelta(days=days), _solved(town, matter, answer))
    yield from ()


def _solved(town: Town, matter: Matter, result: str) -> Story:
    matter.refresh_from_db()
    MATTER.take("resolve", town.handler(matter.unit), matter, answer=result, on=town.today)
    yield 2
    MATTER.take("tell", town.clerk, matter, on=town.today, how="上门", opinion="good")


def with_officer(town: Town) -> Story:
    """A smaller day of the same kind: one officer, four matters, all answered."""
    officer, post = town.of_county[0], town.place.county_officers[0].post
    held = log(
        town,
        town.clerk,
        town.stations[0],
        [officer, town.leads[0]],
        people=21,
        batches=4,
        offices={officer.pk: post},
    )
    for _ in range(4):
        topic, complaint, village = town.next_complaint()
        new = NewMatter(
            town.say(complaint.words, village),
            town.categories[topic.label],
            SPOT,
            town.say(complaint.answer, village),
        )
        actions.add_matter(town.clerk, held, new)
    yield from ()
