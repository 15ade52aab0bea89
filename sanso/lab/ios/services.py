"""Names IOS prints for ports and ICMP types in access lists (Cisco IOS security command reference)."""

TCP = {
    7: "echo", 9: "discard", 13: "daytime", 19: "chargen", 20: "ftp-data", 21: "ftp", 23: "telnet", 25: "smtp",
    37: "time", 43: "whois", 49: "tacacs", 53: "domain", 70: "gopher", 79: "finger", 80: "www", 101: "hostname",
    109: "pop2", 110: "pop3", 111: "sunrpc", 113: "ident", 119: "nntp", 135: "msrpc", 179: "bgp", 194: "irc",
    496: "pim-auto-rp", 512: "exec", 513: "login", 514: "cmd", 515: "lpd", 517: "talk", 540: "uucp",
    543: "klogin", 544: "kshell", 3949: "drip", 5001: "onep-plain", 5002: "onep-tls",
}  # fmt: skip

UDP = {
    7: "echo", 9: "discard", 37: "time", 42: "nameserver", 49: "tacacs", 53: "domain", 67: "bootps", 68: "bootpc",
    69: "tftp", 111: "sunrpc", 123: "ntp", 137: "netbios-ns", 138: "netbios-dgm", 139: "netbios-ss", 161: "snmp",
    162: "snmptrap", 177: "xdmcp", 195: "dnsix", 434: "mobile-ip", 496: "pim-auto-rp", 500: "isakmp",
    512: "biff", 513: "who", 514: "syslog", 517: "talk", 520: "rip", 521: "ripv6", 4500: "non500-isakmp",
}  # fmt: skip

#: ports by protocol; others have none
PORTS = {"tcp": TCP, "udp": UDP, "sctp": dict[int, str]()}

PROTOCOLS = {
    1: "icmp", 2: "igmp", 4: "ipinip", 6: "tcp", 17: "udp", 47: "gre", 50: "esp", 51: "ahp", 88: "eigrp", 89: "ospf",
    94: "nos", 103: "pim", 108: "pcp", 132: "sctp",
}  # fmt: skip

PROTOCOLS6 = {0: "hbh", 6: "tcp", 17: "udp", 50: "esp", 51: "ahp", 58: "icmp", 108: "pcp", 132: "sctp"}

ICMP = {
    (0, None): "echo-reply", (3, None): "unreachable", (3, 0): "net-unreachable", (3, 1): "host-unreachable",
    (3, 2): "protocol-unreachable", (3, 3): "port-unreachable", (3, 4): "packet-too-big",
    (3, 5): "source-route-failed", (3, 6): "network-unknown", (3, 7): "host-unknown", (3, 8): "host-isolated",
    (3, 13): "administratively-prohibited", (4, None): "source-quench", (5, None): "redirect",
    (6, None): "alternate-address", (8, None): "echo", (9, None): "router-advertisement",
    (10, None): "router-solicitation", (11, None): "time-exceeded", (11, 0): "ttl-exceeded",
    (11, 1): "reassembly-timeout", (12, None): "parameter-problem", (13, None): "timestamp-request",
    (14, None): "timestamp-reply", (15, None): "information-request", (16, None): "information-reply",
    (17, None): "mask-request", (18, None): "mask-reply", (30, None): "traceroute",
}  # fmt: skip

ICMP6 = {
    (1, None): "unreachable", (1, 0): "no-route", (1, 1): "no-admin", (1, 2): "beyond-scope",
    (1, 3): "destination-unreachable", (1, 4): "port-unreachable", (2, None): "packet-too-big",
    (3, None): "time-exceeded", (3, 0): "hop-limit", (3, 1): "reassembly-timeout", (4, None): "parameter-problem",
    (4, 0): "header", (4, 1): "next-header", (4, 2): "parameter-option", (128, None): "echo-request",
    (129, None): "echo-reply", (130, None): "mld-query", (131, None): "mld-report", (132, None): "mld-reduction",
    (133, None): "router-solicitation", (134, None): "router-advertisement", (135, None): "nd-ns",
    (136, None): "nd-na", (137, None): "redirect", (138, None): "router-renumbering",
}  # fmt: skip
