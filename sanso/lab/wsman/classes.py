"""CIM classes of an emulated terminal: instances to read, methods to call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sanso.lab.wsman.licences import Licence, Licences
from sanso.lab.wsman.soap import Fault, Properties

VERSION = "10.0.22621.4317"
NOT_FOUND, INVALID_CLASS, INVALID_NAMESPACE = 0x80041002, 0x80041010, 0x8004100E
INVALID_METHOD, INVALID_PARAMETER, INVALID_PARAMETERS = 0x8004102E, 0x80041008, 0x8004102F
"""WBEM_E_… (MS-WMI 2.2.11)."""
HKEY_LOCAL_MACHINE = "2147483650"
NO_SUCH_VALUE = 2

KEYS: Mapping[str, Mapping[str, set[str]]] = {
    "root/cimv2": {
        "softwarelicensingproduct": {"id"},
        "softwarelicensingservice": {"version"},
        "win32_operatingsystem": {"name"},
        "win32_networkadapterconfiguration": {"index"},
    },
    "root/default": {"stdregprov": set()},
}
"""CIM namespace → class → its keys, in lower case."""

_VALUE = {"hDefKey", "sSubKeyName", "sValueName"}
ARGUMENTS: Mapping[str, set[str]] = {
    "InstallProductKey": {"ProductKey"},
    "SetKeyManagementServiceMachine": {"MachineName"},
    "SetKeyManagementServicePort": {"PortNumber"},
    "SetVLActivationTypeEnabled": {"ActivationType"},
    "GetStringValue": _VALUE,
    "SetStringValue": {*_VALUE, "sValue"},
    "CreateKey": {"hDefKey", "sSubKeyName"},
}
"""Method → what it takes; the others take nothing."""

Arguments = Mapping[str, str | None]
Method = Callable[[Arguments], Properties]


@dataclass
class Classes:
    """The classes of one terminal."""

    hostname: str
    licences: Licences
    registry: dict[tuple[str, str], str] = field(default_factory=dict)
    """Key and name → string, below HKEY_LOCAL_MACHINE; names are in lower case."""
    dns_servers: tuple[str, ...] = ("10.0.0.53",)

    def must_be_in(self, namespace: str, name: str) -> None:
        """Look for a class.

        Raises:
            Fault: there is no such namespace, or no such class in it.
        """
        classes = KEYS.get(namespace.lower())
        if classes is None:
            raise Fault("a:DestinationUnreachable", f"there is no namespace {namespace}", INVALID_NAMESPACE)
        if name.lower() not in classes:
            raise Fault("a:DestinationUnreachable", f"there is no class {name} in {namespace}", INVALID_CLASS)

    def keys(self, name: str) -> set[str]:
        """Keys of a class, in lower case; a class of static methods has none."""
        return next((classes[name.lower()] for classes in KEYS.values() if name.lower() in classes), set())

    def instances(self, name: str) -> Iterator[Properties]:
        """Instances of a class.

        Raises:
            Fault: there is no such class.
        """
        match name.lower():
            case "softwarelicensingproduct":
                yield from (one.properties() for one in self.licences.held)
            case "softwarelicensingservice":
                yield {"Version": VERSION, "ClientMachineID": None}
            case "win32_operatingsystem":
                yield {
                    "Name": "Microsoft Windows 11 Enterprise",
                    "CSName": self.hostname,
                    "Version": "10.0.22621",
                    "LocalDateTime": self._clock(),
                }
            case "win32_networkadapterconfiguration":
                yield {"Index": 0, "IPEnabled": False, "DNSServerSearchOrder": None}
                yield {"Index": 1, "IPEnabled": True, "DNSServerSearchOrder": self.dns_servers or None}
            case _:
                raise Fault("w:InvalidResourceURI", f"there is no class {name}", INVALID_CLASS)

    def _clock(self) -> datetime:
        return datetime.now(UTC) + timedelta(minutes=self.licences.clock_minutes)

    def method(self, name: str, selectors: Mapping[str, str], method: str) -> Method:
        """A method of an instance.

        Raises:
            Fault: there is no such instance or method.
        """
        match name.lower():
            case "softwarelicensingproduct":
                licence = self.licences.find(selectors.get("ID", ""))
                methods = self._product(licence) if licence is not None else None
            case "softwarelicensingservice":
                methods = self._service() if selectors.get("Version") == VERSION else None
            case "stdregprov":
                methods = {
                    "GetStringValue": self._get_string,
                    "SetStringValue": self._set_string,
                    "CreateKey": lambda _: {"ReturnValue": 0},
                }
            case _:
                raise Fault("w:InvalidResourceURI", f"there is no class {name}", INVALID_CLASS)
        if methods is None:
            raise Fault("w:InvalidSelectors", f"there is no such instance of {name}", NOT_FOUND)
        if method not in methods:
            raise Fault("a:ActionNotSupported", f"{name} has no method {method}", INVALID_METHOD)
        return methods[method]

    # ----- licensing ------------------------------------------------------------------------------------------

    def _service(self) -> dict[str, Method]:
        return {
            "InstallProductKey": lambda given: self._done(
                "InstallProductKey", self.licences.install(_needed(given, "ProductKey"))
            ),
            "RefreshLicenseStatus": lambda _: self._done("RefreshLicenseStatus", 0),
        }

    def _product(self, licence: Licence) -> dict[str, Method]:
        def put(attribute: str, value: object) -> int:
            setattr(licence, attribute, value)
            return 0

        def setter(method: str, attribute: str, argument: str, kind: type = str) -> Method:
            return lambda given: self._done(method, put(attribute, kind(_needed(given, argument))))

        machine, port = "SetKeyManagementServiceMachine", "SetKeyManagementServicePort"
        kind = "SetVLActivationTypeEnabled"
        return {
            "Activate": lambda _: self._done("Activate", self.licences.activate(licence)),
            machine: setter(machine, "kms_host", "MachineName"),
            port: setter(port, "kms_port", "PortNumber", int),
            kind: setter(kind, "activation_type", "ActivationType", int),
            "ClearKeyManagementServiceMachine": lambda _: self._done("", put("kms_host", "")),
            "ClearKeyManagementServicePort": lambda _: self._done("", put("kms_port", 0)),
        }

    def _done(self, method: str, code: int) -> Properties:
        """A result; a failure comes as a fault of the provider, as on Windows."""
        code = self.licences.refuses.get(method, code)
        if code:
            raise Fault("w:InternalError", "The service cannot process the request.", code, provider=True)
        return {"ReturnValue": 0}

    # ----- registry -------------------------------------------------------------------------------------------

    def _get_string(self, given: Arguments) -> Properties:
        found = self.registry.get(_registry_name(given))
        if found is None:
            return {"sValue": None, "ReturnValue": NO_SUCH_VALUE}
        return {"sValue": found, "ReturnValue": 0}

    def _set_string(self, given: Arguments) -> Properties:
        self.registry[_registry_name(given)] = given.get("sValue") or ""
        return {"ReturnValue": 0}


def _registry_name(given: Arguments) -> tuple[str, str]:
    if given.get("hDefKey") != HKEY_LOCAL_MACHINE:
        raise Fault("w:InvalidParameter", "only HKEY_LOCAL_MACHINE is emulated", INVALID_PARAMETER)
    return _needed(given, "sSubKeyName").lower(), _needed(given, "sValueName").lower()


def _needed(given: Arguments, name: str) -> str:
    value = given.get(name)
    if value is None:
        raise Fault("w:InvalidParameter", f"{name} is missing", INVALID_PARAMETER)
    return value
