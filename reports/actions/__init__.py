"""What is written about annual reports outside of their steps: beginning one, and the texts two people may write at once."""

from reports.actions.drafting import Saved, save_section, settle_draft, start

__all__ = ["Saved", "save_section", "settle_draft", "start"]
