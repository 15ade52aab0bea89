from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

try:
    from sanso.city import CityError
    from sanso.city.inventory import Variable, read_mapping
    from sanso.ledger import Fleet, Sources, read_fleet, read_sources
    from sanso.ledger.spec import reject_unknown
    from sanso.messages import Finding, Language, Severity, language, text
    from sanso.messages.source import Location
    from sanso.messages.source import Path as Steps
    from sanso_plugins.common.hostvars import near, plain
except ImportError as error:
    raise AnsibleParserError(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

DOCUMENTATION = r"""
name: sanso_endpoints
short_description: Terminals from asset ledgers, directories and ledgers of loans
description:
  - Reads the terminals of a city from what it has, spreadsheets (CSV, xlsx) and Active Directory or another LDAP
    directory, and makes them hosts of the group C(endpoints), of a group C(site_<id>) and of a group C(layer_<name>).
  - A host has C(ansible_host), C(sanso_endpoint_site), C(sanso_endpoint_layer), C(sanso_endpoint_ledger) (the places
    that it was read from), and as far as they are known C(sanso_endpoint_number), C(…_section), C(…_os), C(…_office),
    C(…_note), C(…_mac), C(…_dns), C(…_seen), C(…_stale) and C(…_loan).
  - What cannot be understood, and what contradicts the city's subnets, is shown with its row and column, and how to
    mend it.
  - The name of its file ends with C(.endpoints.yml). P(sanso_endpoints#inventory) must stand before
    P(ansible.builtin.yaml#inventory) in C(enable_plugins).
extends_documentation_fragment:
  - constructed
  - inventory_cache
options:
  plugin:
    description: Must be C(sanso_endpoints).
    required: true
    choices: [sanso_endpoints]
  ledgers:
    description:
      - Asset ledgers, the most trusted first. Each is a mapping of C(file) (CSV or xlsx, seen from this file), and
        where needed C(columns) (such as C(name), C(address), C(site), C(layer) → header), C(sheets), C(header) (row
        of the headers), C(encoding), and C(site) and C(layer) for rows that say none. docs/endpoints.md says more.
    type: list
    elements: dict
    default: []
  directories:
    description:
      - Directories, the most trusted first. Each is a mapping of C(servers) (C(ldaps://) or, with StartTLS, C(ldap://)),
        C(base), C(user), C(password), and where needed C(ca_file), C(filter), C(page), C(timeout), C(stale_days), and
        C(sites) and C(layers), which map a part of a distinguished name to its meaning.
    type: list
    elements: dict
    default: []
  directories_first:
    description: Whether directories are trusted more than ledgers.
    type: bool
    default: false
  loans:
    description: Ledgers of loaned tablets; the keys are those of O(ledgers), without C(site) and C(layer).
    type: list
    elements: dict
    default: []
  sites:
    description: What ledgers call a site → its id. The city's own names are known.
    type: dict
    default: {}
  layers:
    description: What ledgers call a layer → its name. The usual names are known.
    type: dict
    default: {}
  city:
    description: Folder of the city's inventory, whose subnets addresses are held against; absent, that of this file.
    type: str
  strict:
    description:
      - Whether an error in a ledger, or an expression that cannot be evaluated, ends the run. If not, what has an
        error is left out, and shown as a warning.
    type: bool
    default: true
  show:
    description: How many findings to show at most; 0 shows all.
    type: int
    default: 30
  language:
    description: Language of what is shown, C(en) or C(ja).
    type: str
    default: en
    env:
      - name: SANSO_LANG
    ini:
      - section: sanso
        key: language
author:
  - sanso contributors
"""

EXAMPLES = r"""
# inventories/lab/terminals.endpoints.yml
plugin: sanso_endpoints
ledgers:
  - file: ../ledgers/端末台帳.xlsx
    columns: {name: 端末名, address: IPアドレス, site: 拠点, layer: 系}
loans:
  - file: ../ledgers/貸出簿.csv
sites: {本庁: city_hall, 中央図書館: branch_toshokan_chuo}
layers: {内部情報系: lgwan}
directories:
  - servers: [ldaps://dc1.city.example, ldaps://dc2.city.example]
    base: OU=Clients,DC=city,DC=example
    user: svc-ansible@city.example
    password: "{{ lookup('ansible.builtin.env', 'SANSO_LDAP_PASSWORD') }}"
    ca_file: ../ca.pem
    layers: {OU=LGWAN: lgwan, OU=Internet: internet}
# terminals also in the group that their site has in the city's inventory, and groups of those that are stale
keyed_groups:
  - {key: sanso_endpoint_site, prefix: "", separator: ""}
groups:
  stale: sanso_endpoint_stale | default(false)
"""

OWN = ("ledgers", "directories", "directories_first", "loans", "sites", "layers", "city")


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Hosts from ledgers and directories."""

    NAME = "sanso_endpoints"

    def verify_file(self, path: str) -> bool:
        return bool(super().verify_file(path)) and path.endswith((".endpoints.yml", ".endpoints.yaml"))

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        config = self._read_config_data(path)
        self._language: Language = language(self.get_option("language"))
        key = self.get_cache_key(path)
        using = self.get_option("cache")
        fleet = self._cache.get(key) if using and cache else None
        if fleet is None:
            fleet = self._read(Path(path), config)
            if using:
                self._cache[key] = fleet
        for message in fleet["warnings"]:
            self.display.warning(message, formatted=True)
        self.display.v(text("ledger.summary", self._language, file=near(path), **fleet["counts"]))
        self._fill(fleet["hosts"])

    def _read(self, file: Path, config: Mapping[str, Any]) -> dict[str, Any]:
        """Hosts, warnings and counts as plain data, fit for the cache.

        Raises:
            AnsibleParserError: the file has not the shape that it must have, or there are errors and O(strict).
        """
        try:
            places = read_mapping(file)
            find = _finder(places, near(file))
            sources = self._sources(config, find)
        except CityError as error:
            raise self._refusal(error.findings) from error
        fleet = read_fleet(sources, file.parent, find, datetime.now(ZoneInfo("Asia/Tokyo")).date())
        errors = any(finding.severity is Severity.ERROR for finding in fleet.findings)
        if errors and self.get_option("strict"):
            raise self._refusal(fleet.findings)
        said = "ledger.left_out" if errors else "ledger.look_at"
        return {
            "hosts": {name: dict(values) for name, values in fleet.hosts.items()},
            "warnings": [self._said(said, fleet.findings, fleet)] if fleet.findings else [],
            "counts": {"hosts": len(fleet.hosts), "retired": fleet.retired},
        }

    def _sources(self, config: Mapping[str, Any], find: Any) -> Sources:
        known = sorted({*self._options, "plugin", *OWN})
        reject_unknown([str(name) for name in config], known, find)
        return read_sources(
            {name: plain(self.templar.template(config[name])) for name in OWN if name in config}, find
        )

    def _refusal(self, findings: list[Finding]) -> AnsibleParserError:
        """Failure in one line, for Ansible says it twice; what was found is shown before."""
        self.display.warning(self._said("ledger.findings", findings), formatted=True)
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        first, *_ = min(findings, key=_order).lines(self._language)
        return AnsibleParserError(text("ledger.refused", self._language, errors=errors, first=first))

    def _said(self, key: str, findings: list[Finding], fleet: Fleet | None = None) -> str:
        """Findings as people read them, errors first, as many as are wanted."""
        ordered = sorted(findings, key=_order)
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        count = {"errors": errors, "warnings": len(findings) - errors, "hosts": len(fleet.hosts) if fleet else 0}
        shown = ordered[: self.get_option("show") or len(ordered)]
        lines = [text(key, self._language, **count)]
        lines += [line for finding in shown for line in finding.lines(self._language)]
        if len(shown) < len(ordered):
            lines.append(text("ledger.more", self._language, count=len(ordered) - len(shown)))
        return "\n".join(lines)

    def _fill(self, hosts: Mapping[str, Mapping[str, Any]]) -> None:
        self.inventory.add_group("endpoints")
        composed = {name: self.get_option(name) for name in ("compose", "groups", "keyed_groups")}
        strict = self.get_option("strict")
        for name, values in hosts.items():
            self.inventory.add_host(name, group="endpoints")
            for variable, value in values.items():
                self.inventory.set_variable(name, variable, value)
            for what in ("site", "layer"):
                group = self.inventory.add_group(f"{what}_{values[f'sanso_endpoint_{what}']}")
                self.inventory.add_host(name, group=group)
            if any(composed.values()):
                self._set_composite_vars(composed["compose"], values, name, strict=strict)
                self._add_host_to_composed_groups(composed["groups"], values, name, strict=strict)
                self._add_host_to_keyed_groups(composed["keyed_groups"], values, name, strict=strict)


def _order(finding: Finding) -> tuple[bool, str, int, int]:
    place = finding.location or Location("", 0, 0)
    return finding.severity is not Severity.ERROR, place.file, place.line, place.column


def _finder(places: Mapping[str, Variable], file: str) -> Any:
    """Function from a path in the inventory source to its place."""

    def find(path: Steps) -> Location | None:
        if not path or path[0] not in places:
            return Location(file, 1, 1)
        place = places[str(path[0])].location(path[1:])
        return Location(file, place.line, place.column)

    return find
