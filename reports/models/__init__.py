"""The annual report with its sections and the figures set into them; what a county reads of its townships."""

from reports.models.annual import AnnualReport, FigureUse, Section, SectionDraft
from reports.models.county import TownshipFigures

__all__ = ["AnnualReport", "FigureUse", "Section", "SectionDraft", "TownshipFigures"]
