"""Document + forms → report: heading, sections, alignment, values. Pure: no files, no clock, no store."""

from index.reading.read import Reading, read_figures, read_report

__all__ = ["Reading", "read_figures", "read_report"]
