"""What the project says to people: findings and one catalogue of texts, English and Japanese."""

from sanso.messages.catalogue import LANGUAGES, Language, language, text
from sanso.messages.finding import Finding, Severity
from sanso.messages.refusal import RefusedError
from sanso.messages.remark import Remark

__all__ = ["LANGUAGES", "Finding", "Language", "RefusedError", "Remark", "Severity", "language", "text"]
