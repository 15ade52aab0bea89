from __future__ import annotations

import pytest

from sanso.platforms import UnknownPlatformError, load_platform, platform_names


def test_a_folder_with_a_session_is_a_platform() -> None:
    assert platform_names() == ["eos", "ios"]


@pytest.mark.parametrize("name", platform_names())
def test_a_platform_is_loaded_once_and_knows_its_name(name: str) -> None:
    assert load_platform(name).name == name
    assert load_platform(name) is load_platform(name)


@pytest.mark.parametrize("name", ["junos", "industry", "platform", "", "../ios"])
def test_an_unknown_platform_is_answered_with_those_that_there_are(name: str) -> None:
    with pytest.raises(UnknownPlatformError, match=rf"^no platform {name!r}; there are: eos, ios$"):
        load_platform(name)
