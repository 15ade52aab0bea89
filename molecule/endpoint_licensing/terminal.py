"""Ask or tell a terminal by WS-Management, with messages written by hand: ``terminal.py QUERY|METHOD [NAME=VALUE]``.

Sent by pywinrm itself, so that nothing that is under test takes part. Where a terminal is and as whom to log in
stands in the environment. A query prints one line for each product; a method is called on every product with a key.
"""

from __future__ import annotations

import os
import re
import sys
from uuid import uuid4
from xml.etree import ElementTree as ET

from winrm.transport import Transport

CIM = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2"
PRODUCT = f"{CIM}/SoftwareLicensingProduct"
ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
ENVELOPE = """<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"
 xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header>
<a:To>{to}</a:To><w:ResourceURI s:mustUnderstand="true">{resource}</w:ResourceURI>
<a:ReplyTo><a:Address s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>
</a:ReplyTo><a:Action s:mustUnderstand="true">{action}</a:Action>
<w:MaxEnvelopeSize s:mustUnderstand="true">153600</w:MaxEnvelopeSize><a:MessageID>uuid:{id}</a:MessageID>
<w:OperationTimeout>PT20S</w:OperationTimeout>{selectors}</s:Header><s:Body>{body}</s:Body></s:Envelope>"""
FIELDS = ("Name", "LicenseStatus", "KeyManagementServiceMachine", "ID")


class Terminal:
    """A conversation."""

    def __init__(self, url: str, user: str, password: str, authority: str) -> None:
        self.url = url
        encryption = "never" if url.startswith("https") else "always"
        self.transport = Transport(
            url, user, password, auth_method="ntlm", message_encryption=encryption, ca_trust_path=authority
        )

    def say(self, action: str, resource: str, body: str, selectors: str = "") -> ET.Element:
        """One message, and the answer to it."""
        message = ENVELOPE.format(
            to=self.url, resource=resource, action=action, id=uuid4(), selectors=selectors, body=body
        )
        return ET.fromstring(self.transport.send_message(message))  # noqa: S314 - an emulated terminal's

    def products(self) -> list[list[str]]:
        """Values of :data:`FIELDS` of each product with a key."""
        query = f"SELECT {', '.join(FIELDS)} FROM SoftwareLicensingProduct WHERE PartialProductKey IS NOT NULL"  # noqa: S608
        found = self.say(
            f"{ENUMERATION}/Enumerate",
            f"{CIM}/*",
            f'<n:Enumerate><w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">{query}</w:Filter>'
            "</n:Enumerate>",
        )
        context, products = found.findtext(f".//{{{ENUMERATION}}}EnumerationContext"), []
        while context:
            which = f"<n:EnumerationContext>{context}</n:EnumerationContext><n:MaxElements>50</n:MaxElements>"
            found = self.say(f"{ENUMERATION}/Pull", f"{CIM}/*", f"<n:Pull>{which}</n:Pull>")
            items = found.find(f".//{{{ENUMERATION}}}Items")
            for item in items if items is not None else ():
                values = {re.sub(r"{.*}", "", one.tag): one.text or "-" for one in item}
                products.append([values[name] for name in FIELDS])
            ended = found.find(f".//{{{ENUMERATION}}}EndOfSequence") is not None
            context = None if ended else found.findtext(f".//{{{ENUMERATION}}}EnumerationContext")
        return products

    def call(self, method: str, arguments: dict[str, str], product: str) -> None:
        """Call a method of a product."""
        given = "".join(f"<p:{name}>{value}</p:{name}>" for name, value in arguments.items())
        body = f'<p:{method}_INPUT xmlns:p="{PRODUCT}">{given}</p:{method}_INPUT>'
        selectors = f'<w:SelectorSet><w:Selector Name="ID">{product}</w:Selector></w:SelectorSet>'
        self.say(f"{PRODUCT}/{method}", PRODUCT, body, selectors)


def main(what: str, *given: str) -> None:
    """Run the command line."""
    terminal = Terminal(*(os.environ[f"TERMINAL_{name}"] for name in ("URL", "USER", "PASSWORD", "CA")))
    for *told, product in terminal.products():
        if what == "query":
            print(" | ".join(told))
        else:
            terminal.call(what, dict(one.split("=", 1) for one in given), product)


if __name__ == "__main__":
    main(*sys.argv[1:])
