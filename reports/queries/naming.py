"""Whom a township's report may name: the people its records know by name."""

from congress.assembly.models import Officer
from congress.models import Township
from deputies.models import Deputy


def people(township: Township) -> set[str]:
    """Names of deputies and officers."""
    rows = (
        Deputy.objects.kept().filter(township=township).values_list("name", flat=True),
        Officer.objects.kept().filter(township=township).values_list("name", flat=True),
    )
    return {name.strip() for found in rows for name in found if name and len(name.strip()) > 1}
