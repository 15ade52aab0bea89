"""What a platform writes, it reads."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanso.network.facts import Acl
from sanso.platforms import load_platform, platform_names
from tests.platforms.strategies import entries, facts, families


@pytest.mark.parametrize("platform", platform_names())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_facts_are_read_back_as_they_were_written(platform: str, data: st.DataObject) -> None:
    nos = load_platform(platform)
    wanted = data.draw(facts(platform))
    assert nos.parse("sw1", nos.render(wanted)) == wanted


@pytest.mark.parametrize("platform", platform_names())
@settings(deadline=None)
@given(data=st.data())
def test_what_is_sent_and_what_is_shown_mean_the_same(platform: str, data: st.DataObject) -> None:
    """Commands carry numbers, the device shows names: both must be read as the entry that was meant."""
    nos = load_platform(platform)
    family = data.draw(families)
    entry = data.draw(entries(family))
    header, sent, *_ = nos.create_acl(Acl(family, "SANSO-a", {10: entry}))
    shown = f" 10 {nos.entry_text(family, entry)}"
    for text in (sent, shown):
        read = nos.parse("sw1", f"{header}\n{text}\nend\n")
        assert list(read.acls[family, "SANSO-a"].entries.values()) == [entry]
