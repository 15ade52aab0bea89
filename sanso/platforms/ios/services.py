"""Names that IOS prints in ACL entries (Cisco IOS security command reference)."""

from __future__ import annotations

from sanso.platforms.industry import Names

NAMES = Names(
    tcp={
        7: "echo", 9: "discard", 13: "daytime", 19: "chargen", 20: "ftp-data", 21: "ftp", 23: "telnet", 25: "smtp",
        37: "time", 43: "whois", 49: "tacacs", 53: "domain", 70: "gopher", 79: "finger", 80: "www", 101: "hostname",
        109: "pop2", 110: "pop3", 111: "sunrpc", 113: "ident", 119: "nntp", 135: "msrpc", 179: "bgp", 194: "irc",
        496: "pim-auto-rp", 512: "exec", 513: "login", 514: "cmd", 515: "lpd", 517: "talk", 540: "uucp",
        543: "klogin", 544: "kshell", 3949: "drip", 5001: "onep-plain", 5002: "onep-tls",
    },
    udp={
        7: "echo", 9: "discard", 37: "time", 42: "nameserver", 49: "tacacs", 53: "domain", 67: "bootps",
        68: "bootpc", 69: "tftp", 111: "sunrpc", 123: "ntp", 137: "netbios-ns", 138: "netbios-dgm",
        139: "netbios-ss", 161: "snmp", 162: "snmptrap", 177: "xdmcp", 195: "dnsix", 434: "mobile-ip",
        496: "pim-auto-rp", 500: "isakmp", 512: "biff", 513: "who", 514: "syslog", 517: "talk", 520: "rip",
        521: "ripv6", 4500: "non500-isakmp",
    },
    icmp={
        "ipv4": {
            0: "echo-reply", 3: "unreachable", 4: "source-quench", 5: "redirect", 6: "alternate-address", 8: "echo",
            9: "router-advertisement", 10: "router-solicitation", 11: "time-exceeded", 12: "parameter-problem",
            13: "timestamp-request", 14: "timestamp-reply", 15: "information-request", 16: "information-reply",
            17: "mask-request", 18: "mask-reply", 30: "traceroute", 31: "conversion-error", 32: "mobile-redirect",
        },
        "ipv6": {
            1: "unreachable", 2: "packet-too-big", 3: "time-exceeded", 4: "parameter-problem", 128: "echo-request",
            129: "echo-reply", 130: "mld-query", 131: "mld-report", 132: "mld-reduction",
            133: "router-solicitation", 134: "router-advertisement", 135: "nd-ns", 136: "nd-na", 137: "redirect",
            138: "router-renumbering",
        },
    },
    protocols={
        "ipv4": {
            1: "icmp", 2: "igmp", 4: "ipinip", 6: "tcp", 17: "udp", 47: "gre", 50: "esp", 51: "ahp", 88: "eigrp",
            89: "ospf", 94: "nos", 103: "pim", 108: "pcp", 132: "sctp",
        },
        "ipv6": {0: "hbh", 6: "tcp", 17: "udp", 50: "esp", 51: "ahp", 58: "icmp", 108: "pcp", 132: "sctp"},
    },
)  # fmt: skip
