"""What WPA3, Enhanced Open and 6 GHz ask of a WLAN, and passphrases that many people know."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.segment import OFFICE_LAYERS
from sanso.city.wlan import PMF, WITH_PASSPHRASE, Band, Wlan
from sanso.messages import Finding, Severity
from sanso.rules.rule import Rule
from sanso.rules.wlans import STRICT_LAYERS


class ProtectedManagement(Rule):
    """Management frames are protected (802.11w): required by WPA3 and OWE, at least optional elsewhere but open."""

    id = "WLAN-20"

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            wanted, given = PMF[wlan.auth], wlan.protection
            args = {"wlan": name, "auth": wlan.auth, "pmf": given}
            if wanted == "required" and given != "required":
                yield self.finding(wlan.at("pmf"), "required", **args)
            elif wanted == "disabled" and given != "disabled":
                yield self.warning(wlan.at("pmf"), "open", **args)
            elif wanted == "optional" and given == "disabled" and "wpa3" in wlan.auth:
                yield self.finding(wlan.at("pmf"), "transition", **args)
            elif wanted == "optional" and given == "disabled":
                yield self.warning(wlan.at("pmf"), "disabled", **args)


class SixGigahertz(Rule):
    """A WLAN at 6 GHz is WPA3 or OWE alone; a transition mode would let the older one in (WPA3 specification)."""

    id = "WLAN-22"

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            if "6ghz" in wlan.bands and PMF[wlan.auth] != "required":  # WLAN-20 has those that do not require it
                path = wlan.at("bands", wlan.bands.index("6ghz"))
                yield self.finding(path, wlan=name, auth=wlan.auth)


class SharedPassphrase(Rule):
    """Office layers have no passphrase, which leaves the city with the first person who leaves."""

    id = "WLAN-24"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            layer = self.index.layers.get(wlan.segment)
            if layer in OFFICE_LAYERS - STRICT_LAYERS and wlan.auth in WITH_PASSPHRASE:  # WLAN-01 has the strict ones
                yield self.finding(wlan.at("auth"), wlan=name, layer=layer, auth=wlan.auth)


class BandWithoutRadio(Rule):
    """Each band of a WLAN is one that some radio of its access points has."""

    id = "WLAN-23"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            points = [self.city.access_points[host] for host, names in self.index.offered.items() if name in names]
            if points:
                yield from self._bands(name, wlan, {band for point in points for band in point.radios})

    def _bands(self, name: str, wlan: Wlan, radios: set[Band]) -> Iterator[Finding]:
        mended = ", ".join(sorted(radios & set(wlan.bands) or radios))
        for index, band in enumerate(wlan.bands):
            if band not in radios:
                path = wlan.at("bands", index) if "bands" in wlan.model_fields_set else wlan.at()
                yield self.finding(path, wlan=name, band=band, radios=", ".join(sorted(radios)), mended=mended)
