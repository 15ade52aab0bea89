"""Hosts whose sites may not be worked on now, and the emergency override."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from ansible.errors import AnsibleActionFail

from sanso.city import City
from sanso.city.windows import is_open, sites_of_host
from sanso.devices import Room
from sanso.messages import LANGUAGES, Language, text
from sanso.report.windows import closed_text
from sanso_plugins.common.records import refused


class Refusal(NamedTuple):
    """A host that may not be worked on now: the site that is closed, empty where nobody knows it, and why."""

    site: str
    why: Mapping[Language, str]
    language: Language
    """That of the run."""

    @property
    def message(self) -> str:
        """Why, in the language of the run."""
        return self.why[self.language]


class Windows:
    """Keeps to the maintenance windows, but in check mode, and but for an override.

    Raises:
        AnsibleActionFail: an override has no reason, or nobody's name.
    """

    def __init__(self, city: City, options: Mapping[str, Any], *, check: bool) -> None:
        self._city = city
        self._language: Language = options["language"]
        self._check = check
        self._now = datetime.now(UTC)
        self._given = {"reason": options["override_reason"].strip(), "by": options["override_by"].strip()}
        self._outside: list[str] = []
        missing = [key for key, value in self._given.items() if not value]
        if len(missing) == 1:
            raise AnsibleActionFail(text("window.half", self._language, missing=f"sanso_override_{missing[0]}"))

    def refusals(self, hosts: Mapping[str, Iterable[str]]) -> dict[str, Refusal]:
        """Hosts that may not be worked on now, of those given with the sites that have to be open for each."""
        if self._check:
            return {}
        found = {host: refusal for host, sites in hosts.items() if (refusal := self._refusal(host, tuple(sites)))}
        if not self._given["reason"]:
            return found
        self._outside += found
        return {}

    def records(self, hosts: Mapping[str, Iterable[str]]) -> dict[str, dict[str, Any]]:
        """The same as records, as :func:`sanso.report.record` makes them."""
        return {host: refused(host, one.site, one.why, one.language) for host, one in self.refusals(hosts).items()}

    def room(self, sites: Mapping[str, Collection[str]], timer: int, lasted: Mapping[str, timedelta]) -> Room | None:
        """What holds the end of windows against the work on devices; None where nobody keeps to them.

        Args:
            sites: those that have to be open for each device.
            timer: of the devices, in minutes.
            lasted: how long changes of devices took.
        """
        return None if self._check or self._given["reason"] else Room(self._city, sites, timer, lasted)

    @property
    def override(self) -> dict[str, Any]:
        """Who works outside windows, why, and at which hosts; empty where nobody does."""
        return {**self._given, "hosts": self._outside} if self._given["reason"] and not self._check else {}

    def _refusal(self, host: str, sites: tuple[str, ...]) -> Refusal | None:
        if not sites:
            return Refusal("", {one: text("window.nowhere", one, host=host) for one in LANGUAGES}, self._language)
        for site in sites:
            if not is_open(self._city.sites[site], self._city, self._now):
                why = {one: f"{host}: {closed_text(self._city, site, self._now, one)}" for one in LANGUAGES}
                return Refusal(site, why, self._language)
        return None


def sites_in_play(city: City, task_vars: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Sites of each host in play: what the city knows of it, else those of its groups that are sites."""
    return {
        str(host): sites_of_host(city, host) or _sites_of_groups(city, task_vars["hostvars"].raw_get(host))
        for host in task_vars["ansible_play_batch"]
    }


def _sites_of_groups(city: City, variables: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(name) for name in variables.get("group_names", ()) if name in city.sites)
