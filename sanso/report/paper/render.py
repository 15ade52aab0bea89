"""Pages from templates (Jinja2); whatever stands in them is escaped, and what nobody could see is made visible."""

from __future__ import annotations

from base64 import b64encode
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sanso.messages import Language, text
from sanso.report.visible import visible


def render(template: str, lang: Language, script: str = "", **data: Any) -> str:
    """A page.

    Args:
        template: a file below ``sanso/report`` that extends ``paper/layout.html.j2``.
        lang: of all words.
        script: what the page runs; no other script is let in by its policy.
        data: what the template shows.
    """
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    scripts = f"'sha256-{allowed}'" if script else "'none'"
    page = {
        "lang": lang,
        "say": partial(_say, lang),
        "style": _style(template),
        "script": Markup(script),  # noqa: S704 - the project's own
        "policy": f"default-src 'none'; style-src 'unsafe-inline'; script-src {scripts}",
    }
    return _environment().get_template(template).render(page, **data)


@cache
def _environment() -> Environment:
    # every template is HTML, and a name that is not there is a mistake
    environment = Environment(
        loader=PackageLoader("sanso.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["css"] = _css
    return environment


def _style(template: str) -> Markup:
    """The common style, and the page's own."""
    root = files("sanso.report")
    own = root.joinpath(template.rpartition("/")[0], "page.css")
    return Markup(root.joinpath("paper", "style.css").read_text("utf-8") + own.read_text("utf-8"))  # noqa: S704 - ours


def _say(lang: Language, key: str, **args: Any) -> str:
    return text(key, lang, **args)


def _visible(value: Any) -> Any:
    """A value as it is shown; markup of a template is as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


def _css(words: str) -> str:
    """Text inside a string of CSS (CSS Syntax 4.3.7), where HTML's own escapes do not count."""
    return "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in words)
