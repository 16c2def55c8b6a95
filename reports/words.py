"""The words a place has for itself, for sentences: 镇 or 乡, 区 or 县, the development goal."""

from dataclasses import dataclass

from congress.models import Township


@dataclass(frozen=True)
class Place:
    """Words of a township and its county."""

    name: str
    kind: str
    county_kind: str
    presidium: str
    goal: str

    @classmethod
    def of(cls, township: Township) -> "Place":
        """民族乡 is called 乡 in running text; without a goal of its own a township builds itself."""
        kind = "乡" if "乡" in township.kind else township.kind
        goal = township.motto or f"美丽幸福{township.name}"
        return cls(township.name, kind, township.county.kind, township.presidium_name, goal)
