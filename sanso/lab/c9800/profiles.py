"""Policy, calendar, flex and RF profiles.

The spelling (``calender``, ``recurrance``) is the device's; the lines of a block stand in the order in which it
prints them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.grammar import Match
from sanso.lab.keep import GAP, Block, Kept
from sanso.lab.tree import Section

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell

SHUT_FIRST = "% Policy profile needs to be disabled before performing this operation."
_MOST_CALENDARS = 5
_DESCRIPTION = Kept("description ~ <text:line>")


def refuse_policy(match: Match, before: Section, after: Section) -> str | None:
    """Say why a policy profile may not be changed like this: it is in use, or it would say too much."""
    if "no shutdown" in before and match.key != "shutdown":
        return SHUT_FIRST
    if len(list(after.under("calender-profile name"))) > _MOST_CALENDARS:
        return f"% Maximum of {_MOST_CALENDARS} calender profiles can be associated to a policy profile"
    return None


POLICY = Block(
    "wireless profile policy <name:name>",
    "config-wireless-policy",
    (
        Kept("aaa-override"),
        Kept("aaa-policy ~ <name:word>", default="default-aaa-policy"),
        Kept("accounting-list ~ <list:word>"),
        Block(
            "calender-profile name <name:name>",
            "config-policy-profile-calender",
            (Kept("action ~ {deny-client|wlan_enable}"),),
        ),
        *(Kept(f"central {what}", "on") for what in ("association", "authentication", "dhcp", "switching")),
        _DESCRIPTION,
        Kept("dhcp-tlv-caching"),
        Kept("exclusionlist timeout ~ <seconds:0-2147483647>", default="60"),
        Kept("http-tlv-caching"),
        Kept("idle-threshold ~ <bytes:0-4294967295>", default="0"),
        Kept("idle-timeout ~ <seconds:15-100000>", default="300"),
        Kept("ip mac-binding", "on"),
        Kept("ipv4 acl ~ <name:word>"),
        Kept("ipv4 dhcp required"),
        Kept("ipv6 acl ~ <name:word>"),
        Kept("nac"),
        Kept("passive-client"),
        Kept("radius-profiling"),
        *(Kept(f"service-policy client {way} ~ <name:word>") for way in ("input", "output")),
        *(Kept(f"service-policy {way} ~ <name:word>") for way in ("input", "output")),
        Kept("session-timeout ~ <seconds:0-86400>", default="1800"),
        Kept("static-ip-mobility"),
        Kept("vlan ~ <vlan:word>", default="1"),
        # what a new profile is: so the line that is kept says the opposite
        Kept("shutdown", "on"),
    ),
    refuse=refuse_policy,
)

CALENDAR = Block(
    "wireless profile calender-profile name <name:name>",
    "config-calendar-profile",
    (
        Kept("date <date:1-31>"),
        Kept("day {sunday|monday|tuesday|wednesday|thursday|friday|saturday}"),
        Kept("recurrance ~ {daily|monthly|weekly}"),
        Kept("start ~ <start:clock> end <end:clock>"),
    ),
)

FLEX = Block(
    "wireless profile flex <name:name>",
    "config-wireless-flex-profile",
    (
        Kept("acl-policy <name:word>"),
        Kept("arp-caching", "on"),
        _DESCRIPTION,
        Kept("fallback-radio-shut"),
        Kept("local-roaming"),
        Kept("native-vlan-id ~ <vlan:1-4094>", default="1"),
        Block(
            "vlan-name <name:name>",
            "config-wireless-flex-profile-vlan",
            (Kept("acl ~ <name:word>"), Kept("vlan-id ~ <vlan:1-4094>")),
        ),
    ),
)


def _refuse_radio(_: Match, __: Section, after: Section) -> str | None:
    """Hold the limits of power to ``Cisco-IOS-XE-wireless-rf-cfg.yang``."""
    if int(after.value("tx-power min", "-10")) > int(after.value("tx-power max", "30")):
        return "% tx-power-min must be less than or equal to tx-power-max"
    return None


_ADD, _REMOVE = 0, GAP
"""Ranks of a band's lists of channels, before all else."""


def _channel(shell: IosShell, match: Match) -> None:
    """``channel {add|remove} N``: a channel is in one of the lists at most."""
    added = match.key.startswith("channel add")
    for section in shell.lines():
        section.remove(f"channel {'remove' if added else 'add'} {match['channel']}")
        section.remove(match.key)
        if not (match.negated or match.defaulted):
            section.set(match.key, rank=_ADD if added else _REMOVE)


def _radio(band: str, kind: str, widths: str) -> Block:
    add, remove = (Kept(f"channel {what} <channel:{kind}>") for what in ("add", "remove"))
    return Block(
        f"ap dot11 {band} rf-profile <name:name>",
        "config-rf-profile",
        (
            add,
            remove,
            Kept("band-select {client|cycle|expire|probe-response} ~ [<how:line>]"),
            *((Kept(f"channel chan-width ~ {{{widths}|best}}", default="best"),) if widths else ()),
            Kept("coverage {data|voice} rssi threshold ~ <dbm:word>"),
            Kept("coverage level ~ <clients:1-200>", default="3"),
            _DESCRIPTION,
            Kept("high-density clients count ~ <clients:0-500>", default="200"),
            Kept("high-density rx-sop threshold ~ {auto|high|low|medium}", default="auto"),
            Kept("rate <rate:rate> ~ {disable|mandatory|supported}"),
            Kept("tx-power max ~ <dbm:dbm>", default="30"),
            Kept("tx-power min ~ <dbm:dbm>", default="-10"),
            Kept("tx-power v1 threshold ~ <dbm:word>", default="-70"),
            Kept("shutdown", "on"),
        ),
        special={add.syntax: _channel, remove.syntax: _channel},
        refuse=_refuse_radio,
    )


RADIO = (
    _radio("24ghz", "channel24", ""),
    _radio("5ghz", "channel5", "20|40|80|160"),
    _radio("6ghz", "channel6", "20|40|80|160"),
)
