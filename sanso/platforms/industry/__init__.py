"""What network OSs with an industry-standard command line share; a folder says what is different in its own.

Not a platform by itself: it has no session.
"""

from sanso.platforms.industry.cli import IndustryCli
from sanso.platforms.industry.dialect import Dialect, Names
from sanso.platforms.industry.reader import Reader

__all__ = ["Dialect", "IndustryCli", "Names", "Reader"]
