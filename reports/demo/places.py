"""The invented county and its four townships, as they would introduce themselves."""

from dataclasses import dataclass
from datetime import date

COUNTY_CODE = "990123000000"
COUNTY = "青砚区"
FIRST_DAY = date(2021, 7, 1)


@dataclass(frozen=True)
class Officer:
    """Somebody with an office: of the township's congress and government, or of the county."""

    name: str
    gender: str
    post: str
    since: date | None = None


@dataclass(frozen=True)
class Place:
    """A township with its words, villages and the totals of its election."""

    key: str
    code: str
    name: str
    kind: str
    head_title: str
    word: str
    motto: str
    population: int
    villages: tuple[str, ...]
    seats: int
    county_seats: int
    registered: int
    took_part: int
    officers: tuple[Officer, ...]
    county_officers: tuple[Officer, ...]
    series: int

    @property
    def k(self) -> str:
        """镇 or 乡, in running text."""
        return self.kind

    @property
    def central_station(self) -> str:
        return f"{self.name}人大代表联络站"


YUNYAN = Place(
    key="yunyan",
    code="990123101000",
    name="云砚镇",
    kind="镇",
    head_title="镇长",
    word="云砚人发",
    motto="美丽幸福云砚",
    population=26_400,
    villages=("砚北村", "砚南村", "栗坪村", "沙洄村", "石罅村", "竹埂村", "枫桥头村", "云砚社区"),
    seats=56,
    county_seats=8,
    registered=19_846,
    took_part=18_297,
    officers=(
        Officer("傅喆安", "male", "chair"),
        Officer("岑月枝", "female", "vice_chair"),
        Officer("蒋嵩远", "male", "head"),
        Officer("缪澍成", "male", "vice_head"),
        Officer("易霁妍", "female", "vice_head"),
        Officer("单骁峰", "male", "vice_head"),
    ),
    county_officers=(
        Officer("陆衡垣", "male", f"{COUNTY}人民政府区长"),
        Officer("阮素琴", "female", "区纪委书记"),
    ),
    series=1,
)
QIHE = Place(
    key="qihe",
    code="990123102000",
    name="栖禾镇",
    kind="镇",
    head_title="镇长",
    word="栖禾人发",
    motto="富美和谐栖禾",
    population=17_800,
    villages=("禾上村", "禾下村", "荞麦岭村", "柳汊村", "老窑村", "塘尾村", "栖禾社区"),
    seats=52,
    county_seats=7,
    registered=13_402,
    took_part=12_519,
    officers=(
        Officer("龚茂年", "male", "chair"),
        Officer("薛芷荷", "female", "vice_chair"),
        Officer("尉迟钧平", "male", "head"),
        Officer("乔砺生", "male", "vice_head"),
        Officer("康沅溪", "female", "vice_head"),
    ),
    county_officers=(Officer("秦岑松", "male", f"{COUNTY}人民政府副区长"),),
    series=2,
)
LUTING = Place(
    key="luting",
    code="990123201000",
    name="鹭汀乡",
    kind="乡",
    head_title="乡长",
    word="鹭汀人发",
    motto="生态宜居鹭汀",
    population=9_860,
    villages=("鹭汀村", "芦洲村", "渔梁村", "蓼湾村", "上鹭村", "下鹭村"),
    seats=48,
    county_seats=6,
    registered=7_355,
    took_part=6_980,
    officers=(
        Officer("邵泊清", "male", "chair"),
        Officer("顾凝珠", "female", "vice_chair"),
        Officer("郗樵林", "male", "head"),
        Officer("段苒茹", "female", "vice_head"),
        Officer("常耘根", "male", "vice_head"),
    ),
    county_officers=(),
    series=3,
)
SONGPING = Place(
    key="songping",
    code="990123202000",
    name="松坪乡",
    kind="乡",
    head_title="乡长",
    word="松坪人发",
    motto="绿色安居松坪",
    population=6_140,
    villages=("松坪村", "岭背村", "石磨村", "樟溪村", "杉湾村"),
    seats=45,
    county_seats=4,
    registered=4_602,
    took_part=4_318,
    officers=(
        Officer("柏岑远", "male", "chair"),
        Officer("祝芷汀", "female", "vice_chair"),
        Officer("巫嵩平", "male", "head"),
        Officer("褚砚荷", "female", "vice_head"),
    ),
    county_officers=(),
    series=4,
)
PLACES = (YUNYAN, QIHE, LUTING, SONGPING)

OFFICE, WATER, FARMING, BUILDING, SCHOOLS, HEALTH, ORDER, WELFARE, LABOUR, MONEY = (
    "党政综合办公室",
    "水利站",
    "农业农村办公室",
    "村镇建设和交通办公室",
    "教育管理中心",
    "卫生健康办公室",
    "综合行政执法办公室",
    "社会事务办公室",
    "人力资源和社会保障所",
    "财政所",
)
TOWN_UNITS = {
    OFFICE: "综合协调、督查督办",
    WATER: "水利设施建设管护、防汛抗旱",
    FARMING: "农业生产、人居环境整治、厕所改造",
    BUILDING: "村镇规划、农村公路养护、农贸市场改造",
    SCHOOLS: "中小学和幼儿园管理",
    HEALTH: "公共卫生、乡村医生管理",
    ORDER: "市容环卫、综合执法",
    WELFARE: "民政、养老服务、公共文化",
    LABOUR: "就业、养老保险和医疗保险参保",
    MONEY: "财政资金管理、一事一议奖补",
}
(
    COUNTY_WATER,
    COUNTY_SCHOOLS,
    COUNTY_ROADS,
    COUNTY_HEALTH,
    COUNTY_LABOUR,
    COUNTY_TRADE,
    COUNTY_WELFARE,
    COUNTY_FARMING,
    COUNTY_ORDER,
    COUNTY_CULTURE,
    COUNTY_SUPPLY,
) = (
    "区水利局",
    "区教育体育局",
    "区交通运输局",
    "区卫生健康委员会",
    "区人力资源和社会保障局",
    "区商务局",
    "区民政局",
    "区农业农村局",
    "区城市管理局",
    "区文化和旅游局",
    "区发展和改革局",
)
COUNTY_UNITS = {
    COUNTY_WATER: "水利工程建设管理",
    COUNTY_SCHOOLS: "教育资源布局、教师队伍建设",
    COUNTY_ROADS: "农村公路建设养护、客运班线",
    COUNTY_HEALTH: "医疗卫生服务、基层防控人员保障",
    COUNTY_LABOUR: "社会保险政策和经办",
    COUNTY_TRADE: "农贸市场升级改造",
    COUNTY_WELFARE: "养老服务、社会救助",
    COUNTY_FARMING: "农业生产、农产品产销",
    COUNTY_ORDER: "环境卫生、垃圾收运、公厕管理",
    COUNTY_CULTURE: "公共文化设施、群众文化活动",
    COUNTY_SUPPLY: "供水供电、通信等基础设施统筹",
}
# What shows that a station has each of the ten things, in their order.
TEN_EVIDENCE = (
    "站长、副站长和联络员任职通知",
    "年度工作计划和接待排班表",
    "接待、学习、转办、反馈等制度上墙照片",
    "统一门牌和公示栏照片",
    "办公用房使用证明，面积六十平方米",
    "桌椅、电脑、打印机、资料柜清单",
    "接待和活动台账",
    "档案目录和代表履职档案",
    "代表联系选民名册",
    "代表履职考核办法",
)
