"""Terminals in play, from Ansible's own connection variables for WinRM and what is wanted of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, cast

from ansible.errors import AnsibleActionFail, AnsibleError

from sanso.city import City
from sanso.licensing.terminal import Loan, Terminal
from sanso.licensing.wanted import Wanted, WantedError
from sanso.licensing.wishes import KmsHosts, read_wishes
from sanso.messages import Language, text
from sanso.rules.words import some
from sanso.wsman.endpoint import PORTS, Endpoint, Transport
from sanso_plugins.common.arguments import LANGUAGE
from sanso_plugins.common.hostvars import HostVariables

ARGUMENTS: dict[str, Any] = {
    **LANGUAGE,
    "workers": {"type": "int", "default": 128},
    "rounds": {"type": "int", "default": 2},
    "connect_timeout": {"type": "float", "default": 5.0},
    "timeout": {"type": "float", "default": 20.0},
}
"""What says how terminals are asked."""
_OWN = {
    "host": ("ansible_winrm_host", "ansible_host"),
    "port": ("ansible_winrm_port", "ansible_port"),
    "user": ("ansible_winrm_user", "ansible_user"),
    "password": ("ansible_winrm_password", "ansible_winrm_pass", "ansible_password"),
    "scheme": ("ansible_winrm_scheme",),
    "transport": ("ansible_winrm_transport",),
    "service_host": ("ansible_winrm_kerberos_hostname_override",),
    "ca": ("ansible_winrm_ca_trust_path",),
    "certificate": ("ansible_winrm_cert_pem",),
    "key": ("ansible_winrm_cert_key_pem",),
}
"""What Ansible's winrm connection reads, the strongest name first."""
_PLAIN = ("user", "password", "service_host", "ca", "certificate", "key")
"""Those whose value is a text of any kind."""
_SAFE = {
    "ansible_winrm_path": {"/wsman"},
    "ansible_winrm_server_cert_validation": {"validate"},
    "ansible_winrm_message_encryption": {"auto", "always"},
}
"""Variables of that connection that may only have one meaning here."""
_TRANSPORTS: Mapping[str, Transport] = {
    "ntlm": "ntlm",
    "kerberos": "kerberos",
    "credssp": "credssp",
    "certificate": "certificate",
    "basic": "basic",
    "plaintext": "basic",
    "ssl": "basic",
}
_ABOUT = ("site", "layer", "segment", "loan")
"""Each a variable ``sanso_endpoint_…``."""
_LAST_PORT = 65535


class _WrongError(Exception):
    """A variable that cannot be used; ``problem`` is a catalogue key below ``licensing``."""

    def __init__(self, variable: str, problem: str, **args: object) -> None:
        super().__init__(problem)
        self.variable = variable
        self.problem = problem
        self.args_of = args


@dataclass(frozen=True)
class Times:
    """Seconds to wait: for a connection, for an answer; ``wishes`` names the variable of what is wanted."""

    connect: float
    answer: float
    wishes: str = ""


@dataclass(frozen=True)
class Known:
    """What is known beside the hosts' own variables."""

    city: City | None
    kms: KmsHosts


NOTHING = Known(None, KmsHosts({}, {}))


@dataclass
class Endpoints:
    """Terminals, and what is wrong with the variables of others: (place, words) → hosts."""

    terminals: list[Terminal] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    """Hosts of which nothing is wanted."""
    wrong: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def refuse(self, lang: Language) -> None:
        """Fail where anything is wrong, before anything is contacted.

        Raises:
            AnsibleActionFail: names every problem once, with its place and its hosts; never shows a value's lines.
        """
        if not self.wrong:
            return
        lines = [text("licensing.wanted.title", lang, count=len(self.wrong))]
        for (place, problem), hosts in self.wrong.items():
            said = text("licensing.wanted.hosts", lang, problem=problem, hosts=some(hosts))
            lines.append(text("licensing.wanted.refused", lang, place=place, problem=said))
        raise AnsibleActionFail(lines[0], result={"report": "\n".join(lines), "language": lang})


def read_endpoints(
    variables: HostVariables, hosts: Iterable[str], times: Times, lang: Language, licences: Known = NOTHING
) -> Endpoints:
    """Read the variables of hosts; with ``times.wishes`` empty nothing is wanted of any."""
    found = Endpoints()
    for host in hosts:
        reader = _Reader(variables, host, times, licences.city)
        try:
            wanted = reader.wishes(licences.kms)
            if times.wishes and not wanted:
                found.without.append(host)
                continue
            found.terminals.append(reader.terminal(wanted))
        except _WrongError as error:
            place = variables.locate(host, error.variable, ())
            said = text(f"licensing.{error.problem}", lang, **error.args_of)
            found.wrong.setdefault((str(place or error.variable), said), []).append(host)
    return found


class _Reader:
    """Reads the variables of one host."""

    def __init__(self, variables: HostVariables, host: str, times: Times, city: City | None) -> None:
        self.variables = variables
        self.city = city
        self.host = host
        self.times = times

    def terminal(self, wanted: tuple[Wanted, ...]) -> Terminal:
        given = {name: self._value(f"sanso_endpoint_{name}") for name in _ABOUT}
        site = str(given.get("site") or self._site_of_groups())
        layer, segment = str(given.get("layer") or ""), str(given.get("segment") or "")
        if not layer and self.city is not None and segment in self.city.segments:
            layer = str(self.city.segments[segment].layer)
        return Terminal(self.host, self._endpoint(), wanted, site, layer, segment, _loan(given.get("loan")))

    def _site_of_groups(self) -> str:
        """The group that is a site, as with devices."""
        sites = self.city.sites if self.city is not None else ()
        return next((name for name in self.variables.groups[self.host] if name in sites), "")

    def wishes(self, kms: KmsHosts) -> tuple[Wanted, ...]:
        name = self.times.wishes
        if not name:
            return ()
        try:
            return read_wishes(name, self._value(name) or [], kms)
        except WantedError as error:
            raise _WrongError(name, f"wanted.{error.problem}", **error.args_of) from None

    def _value(self, name: str) -> Any:
        try:
            return self.variables.values(self.host, (name,)).get(name)
        except AnsibleError:  # whose words may repeat a value
            raise _WrongError(name, "connection.failed", name=name) from None

    def _own(self, kind: str) -> tuple[str, Any]:
        """The strongest of the names that a thing goes by, and its value."""
        for name in _OWN[kind]:
            value = self._value(name)
            if value is not None and value != "":
                return name, value
        return _OWN[kind][-1], None

    def _endpoint(self) -> Endpoint:
        for name, safe in _SAFE.items():
            if (found := self._value(name)) is not None and found not in safe:
                raise _WrongError(name, "connection.insecure", name=name, found=found, expected=", ".join(safe))
        scheme, port = self._scheme_and_port()
        name, transport = self._transport()
        if scheme == "http" and transport in {"basic", "certificate"}:
            raise _WrongError(name, "connection.https", found=transport)
        plain = {kind: str(self._own(kind)[1] or "") for kind in _PLAIN}
        return Endpoint(
            host=str(self._own("host")[1] or self.host),
            scheme=scheme,
            port=port,
            transport=transport,
            username=plain["user"],
            password=plain["password"],
            service_host=plain["service_host"],
            ca_file=plain["ca"],
            certificate=plain["certificate"],
            key=plain["key"],
            connect_timeout=self.times.connect,
            timeout=self.times.answer,
        )

    def _scheme_and_port(self) -> tuple[Literal["http", "https"], int]:
        """As Ansible decides them: https, unless the port is the one of http."""
        name, told = self._own("port")
        if told is not None and not (str(told).isdecimal() and 0 < int(told) <= _LAST_PORT):
            raise _WrongError(name, "connection.value", name=name, found=told, expected=f"1-{_LAST_PORT}")
        name, scheme = self._own("scheme")
        scheme = scheme or ("http" if told is not None and int(told) == PORTS["http"] else "https")
        if scheme not in PORTS:
            raise _WrongError(name, "connection.value", name=name, found=scheme, expected=", ".join(PORTS))
        return cast("Literal['http', 'https']", scheme), int(told or PORTS[scheme])

    def _transport(self) -> tuple[str, Transport]:
        """The first that is known of those that are named; NTLM where none is."""
        name, told = self._own("transport")
        names = told if isinstance(told, list) else str(told or "ntlm").split(",")
        for one in names:
            if str(one).strip() in _TRANSPORTS:
                return name, _TRANSPORTS[str(one).strip()]
        raise _WrongError(name, "connection.value", name=name, found=some(names), expected=", ".join(_TRANSPORTS))


def _loan(value: Any) -> Loan | None:
    """Who has a tablet; None where it is in."""
    given = value if isinstance(value, Mapping) else {}
    state, until = given.get("state"), given.get("until")
    try:
        day = until if isinstance(until, date) or not until else date.fromisoformat(str(until))
    except ValueError:
        state = None
    if value is not None and state not in {"in", "out"}:
        raise _WrongError("sanso_endpoint_loan", "connection.loan", found=value)
    return Loan(str(given.get("to") or ""), day or None) if state == "out" else None
