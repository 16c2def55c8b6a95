"""The annual report with its sections and the figures set into them; what a county reads of its townships."""

from reports.models.annual import AnnualReport, FigureUse, Section, SectionComment, SectionDraft
from reports.models.asking import CountyAnswer, CountyQuestion
from reports.models.composing import Guiding, PlanItem, Template
from reports.models.county import TownshipFigures
from reports.models.leading import CountyGuiding
from reports.models.own import AlertRule, Tile

__all__ = [
    "AlertRule",
    "AnnualReport",
    "CountyAnswer",
    "CountyGuiding",
    "CountyQuestion",
    "FigureUse",
    "Guiding",
    "PlanItem",
    "Section",
    "SectionComment",
    "SectionDraft",
    "Template",
    "Tile",
    "TownshipFigures",
]
