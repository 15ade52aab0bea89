"""Where a terminal is reached: what may not be said, and what is never shown."""

from __future__ import annotations

import pytest

from sanso.wsman.endpoint import Endpoint, Transport


@pytest.mark.parametrize("transport", ["basic", "certificate"])
def test_nothing_goes_over_http_in_clear(transport: Transport) -> None:
    with pytest.raises(ValueError, match="needs https"):
        Endpoint("t0001", transport=transport)
    assert Endpoint("t0001", "https", transport=transport).url == "https://t0001:5986/wsman"


@pytest.mark.parametrize(
    ("endpoint", "url"),
    [
        (Endpoint("t0001"), "http://t0001:5985/wsman"),
        (Endpoint("fd00::1", port=80), "http://[fd00::1]:80/wsman"),
        (Endpoint("10.0.0.1", "https"), "https://10.0.0.1:5986/wsman"),
    ],
)
def test_its_address(endpoint: Endpoint, url: str) -> None:
    assert endpoint.url == url


def test_its_password_is_not_shown() -> None:
    shown = repr(Endpoint("t0001", username="ops", password="pw-of-ops", key="key-of-ops"))  # noqa: S106
    assert "pw-of-ops" not in shown
    assert "key-of-ops" not in shown
