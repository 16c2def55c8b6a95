"""How personal data looks to those who need not see all of it: enough to recognise, not enough to use.

Every mask takes None, "" and the marker of erased data as well. Text of unknown shape is hidden almost whole.
"""

import re
from collections.abc import Callable

from congress.people.erased import Erased

HIDDEN = "***"
# Family names of two characters, or the given name would be taken for a part of the family name.
_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 "
    "拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 左丘 西门 第五"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
_PLACE = re.compile(
    r"[^\d\W]{0,10}?(?:自治区|自治州|地区|省|盟|市|区|县|旗|街道|苏木|镇|乡|社区|居民委员会|居委会|村民委员会|村委会|行政村|自然村|村|屯|庄)"
)
_GROUP = re.compile(r"第?(?:\d{1,3}|[一二三四五六七八九十百]{1,4})(?:村民小组|小组|组|队|社)")


def mask_id_number(value: str | None) -> str:
    """110105********002X for 18 characters; anything else is hidden."""
    if _as_it_is(value):
        return str(value or "")
    return value[:6] + "*" * 8 + value[-4:] if len(value) == 18 else HIDDEN


def mask_phone(value: str | None) -> str:
    """138****8000; of a fixed line the area code and the last digits stay, an extension goes."""
    if _as_it_is(value):
        return str(value or "")
    if re.fullmatch(r"\d{11}", value, re.ASCII):
        return f"{value[:3]}****{value[-4:]}"
    landline = re.fullmatch(r"(0\d{2,3}-)?(\d{7,8})(-\d+)?", value, re.ASCII)
    return f"{landline[1] or ''}****{landline[2][4:]}" if landline else HIDDEN


def mask_address(value: str | None) -> str:
    """Keeps the places down to 村 and 组 (or 社区, 镇 …) and hides street, house and door."""
    if _as_it_is(value):
        return str(value or "")
    end = 0
    while not (end and _GROUP.match(value, end)) and (place := _PLACE.match(value, end)):
        end = place.end()
    if end and (group := _GROUP.match(value, end)):
        end = group.end()
    return value[:end] if end and end == len(value) else value[:end] + HIDDEN


def mask_name(value: str | None) -> str:
    """Family name and stars: 王**, 欧阳*; of a name with a middle dot the first character stays."""
    if _as_it_is(value):
        return str(value or "")
    if any(dot in value for dot in "·•．"):
        return value[0] + HIDDEN
    keep = 2 if len(value) > 2 and value[:2] in COMPOUND_SURNAMES else 1
    return value[:keep] + "*" * max(1, len(value) - keep)


def mask_text(value: str | None) -> str:
    """The first character of three or more, and stars that do not tell the length."""
    if _as_it_is(value):
        return str(value or "")
    return (value[0] if len(value) > 2 else "") + HIDDEN


def mask_channel(value: str | None) -> str:
    """A telephone number as such; of the address of a group's robot the host and the last digits of its key."""
    if _as_it_is(value):
        return str(value or "")
    if not value.startswith("https://"):
        return mask_phone(value)
    host = value.removeprefix("https://").split("/")[0].split("?")[0]
    return f"{host}/{HIDDEN}{value[-4:]}"


MASKS: dict[str, Callable[[str | None], str]] = {
    "id_number": mask_id_number,
    "phone": mask_phone,
    "address": mask_address,
    "name": mask_name,
    "text": mask_text,
    "channel": mask_channel,
}


def mask(kind: str, value: str | None) -> str:
    """The value under the mask of a kind ("id_number", "phone", "address", "name", "text", "channel"). Raises KeyError."""
    return MASKS[kind](value)


def _as_it_is(value: str | None) -> bool:
    return not value or isinstance(value, Erased)
