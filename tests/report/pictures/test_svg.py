from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.report.pictures.svg import Drawing, fitted, measure, shortened, wrapped

WORDS = st.text(alphabet="ab cLGWAN19・（）側系統端末、", max_size=40).map(str.strip)  # noqa: RUF001  # Japanese names
LIMIT = st.floats(20, 300)


@given(WORDS, LIMIT)
def test_what_is_shortened_fits_and_begins_as_the_whole(words: str, limit: float) -> None:
    short = shortened(words, 10, limit)
    assert measure(short, 10) <= limit
    assert short == words or (short.endswith("…") and words.startswith(short[:-1]))


@given(WORDS, LIMIT)
def test_lines_fit_and_say_the_whole_where_two_are_enough(words: str, limit: float) -> None:
    lines = wrapped(words, 10, limit)
    assert len(lines) <= 2
    assert all(measure(line, 10) <= limit for line in lines)
    said = "".join(lines).replace(" ", "")
    assert words.replace(" ", "").startswith(said.removesuffix("…"))
    if not said.endswith("…"):
        assert said == words.replace(" ", "")


@pytest.mark.parametrize(
    ("words", "limit", "lines"),
    [
        ("職員端末", 100, ["職員端末"]),
        ("ファイル交換・無害化（LGWAN側）", 115, ["ファイル交換・無害化", "（LGWAN側）"]),  # noqa: RUF001
        ("Board of education servers", 95, ["Board of", "education servers"]),
        ("ファイル交換、（無害化）側", 96, ["ファイル交換、", "（無害化）側"]),  # noqa: RUF001
        ("インターネット接続端末", 80, ["インターネット接", "続端末"]),
        ("インターネットLGWAN", 90, ["インターネット", "LGWAN"]),
    ],
)
def test_lines_end_where_words_do(words: str, limit: float, lines: list[str]) -> None:
    assert wrapped(words, 10, limit) == lines


@given(WORDS, LIMIT)
def test_one_line_is_made_smaller_before_there_are_two(words: str, limit: float) -> None:
    lines = fitted(words, 10, 8, limit)
    assert all(8 <= size <= 10 for _, size in lines)
    assert all(measure(line, size) <= limit + 1e-6 for line, size in lines)
    assert (len(lines) == 1) is (measure(words, 8) <= limit)


def test_a_drawing_is_well_formed_whatever_its_words_are() -> None:
    page = Drawing(100, "<&>", "en")
    page.text(1, 2, 'a < b & "c" \' 層', 10, "title <b>")
    page.box(1, 2.25, 3, 4, fill="#fff", stroke_width=0.5)
    root = fromstring(page.written(50))  # noqa: S314  # our own
    assert root.get("viewBox") == "0 0 100 50"
    space = "{http://www.w3.org/2000/svg}"
    text = root.find(f"{space}text")
    assert text is not None
    assert text.text == 'a < b & "c" \' 層'
    box = root.findall(f"{space}rect")[1]
    assert dict(box.attrib) == {
        "x": "1",
        "y": "2.2",
        "width": "3",
        "height": "4",
        "fill": "#fff",
        "stroke-width": "0.5",
    }
