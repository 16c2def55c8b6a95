"""Pages of the annual report and of the county."""
