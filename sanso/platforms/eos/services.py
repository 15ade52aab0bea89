"""Names that EOS prints in ACL entries (Arista EOS user manual, ACLs; the command's own help)."""

from __future__ import annotations

from sanso.platforms.industry import Names

_BOTH = {
    7: "echo", 9: "discard", 37: "time", 49: "tacacs", 53: "domain", 88: "kerberos", 104: "acr-nema",
    111: "sunrpc", 152: "bftp", 161: "snmp", 162: "snmptrap", 264: "bgmp", 389: "ldap", 445: "microsoft-ds",
    517: "talk", 623: "asf-rmcp", 631: "ipp", 636: "ldaps", 646: "ldp", 1433: "ms-sql-s", 1434: "ms-sql-m",
    1812: "radius", 1813: "radius-acct", 2049: "nfs", 3389: "msrdp", 4432: "mlag",
}  # fmt: skip

_TCP = {
    1: "tcpmux", 11: "systat", 13: "daytime", 17: "qotd", 19: "chargen", 20: "ftp-data", 21: "ftp", 22: "ssh",
    23: "telnet", 25: "smtp", 43: "whois", 70: "gopher", 79: "finger", 80: "www", 101: "hostname", 109: "pop2",
    110: "pop3", 119: "nntp", 179: "bgp", 194: "irc", 443: "https", 464: "kpasswd", 496: "pim-auto-rp",
    512: "exec", 513: "login", 514: "cmd", 515: "lpd", 540: "uucp", 543: "klogin", 544: "kshell", 554: "rtsp",
    563: "nntps", 587: "submission", 639: "msdp", 749: "kerberos-adm", 830: "netconf-ssh", 873: "rsync",
    989: "ftps-data", 990: "ftps", 993: "imaps", 995: "pop3s", 1194: "openvpn", 1723: "pptp",
}  # fmt: skip

_UDP = {
    42: "nameserver", 67: "bootps", 68: "bootpc", 69: "tftp", 123: "ntp", 137: "netbios-ns", 138: "netbios-dgm",
    139: "netbios-ss", 177: "xdmcp", 195: "dnsix", 434: "mobile-ip", 496: "pim-auto-rp", 500: "isakmp",
    512: "biff", 513: "who", 514: "syslog", 520: "rip", 546: "dhcpv6-client", 547: "dhcpv6-server",
    1701: "l2tp", 3784: "bfd", 3785: "bfd-echo", 4500: "non500-isakmp", 4789: "vxlan",
}  # fmt: skip

NAMES = Names(
    tcp=_BOTH | _TCP,
    udp=_BOTH | _UDP,
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
            133: "router-solicitation", 134: "router-advertisement", 135: "neighbor-solicitation",
            136: "neighbor-advertisement", 137: "redirect", 138: "router-renumbering",
        },
    },
    protocols={
        "ipv4": {
            1: "icmp", 2: "igmp", 6: "tcp", 17: "udp", 46: "rsvp", 51: "ahp", 89: "ospf", 103: "pim", 112: "vrrp",
            132: "sctp",
        },
        "ipv6": {6: "tcp", 17: "udp", 46: "rsvp", 58: "icmpv6", 89: "ospf", 132: "sctp"},
    },
)  # fmt: skip
