"""What people and machines read after a run."""

from sanso.report.files import write_reports
from sanso.report.record import diff_text, record
from sanso.report.run import Run, summary
from sanso.report.separation import Separation, change_text, proof_lines

__all__ = ["Run", "Separation", "change_text", "diff_text", "proof_lines", "record", "summary", "write_reports"]
