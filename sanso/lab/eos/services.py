"""Names EOS prints for ports, protocols and ICMP types in access lists."""

TCP = {
    7: "echo", 9: "discard", 13: "daytime", 19: "chargen", 20: "ftp-data", 21: "ftp", 22: "ssh", 23: "telnet",
    25: "smtp", 37: "time", 43: "whois", 49: "tacacs", 53: "domain", 70: "gopher", 79: "finger", 80: "www",
    88: "kerberos", 101: "hostname", 109: "pop2", 110: "pop3", 111: "sunrpc", 119: "nntp", 161: "snmp",
    162: "snmptrap", 179: "bgp", 194: "irc", 389: "ldap", 443: "https", 512: "exec", 513: "login", 514: "cmd",
    515: "lpd", 517: "talk", 540: "uucp", 543: "klogin", 544: "kshell", 636: "ldaps", 639: "msdp", 646: "ldp",
    830: "netconf-ssh",
}  # fmt: skip

UDP = {
    7: "echo", 9: "discard", 37: "time", 42: "nameserver", 49: "tacacs", 53: "domain", 67: "bootps", 68: "bootpc",
    69: "tftp", 88: "kerberos", 111: "sunrpc", 123: "ntp", 137: "netbios-ns", 138: "netbios-dgm",
    139: "netbios-ss", 161: "snmp", 162: "snmptrap", 177: "xdmcp", 195: "dnsix", 389: "ldap", 434: "mobile-ip",
    500: "isakmp", 512: "biff", 513: "who", 514: "syslog", 517: "talk", 520: "rip", 646: "ldp", 1812: "radius",
    1813: "radius-acct", 3784: "bfd", 3785: "bfd-echo",
}  # fmt: skip

#: ports by protocol; others have none
PORTS = {"tcp": TCP, "udp": UDP, "sctp": dict[int, str]()}

PROTOCOLS = {
    1: "icmp", 2: "igmp", 6: "tcp", 17: "udp", 46: "rsvp", 51: "ahp", 89: "ospf", 103: "pim", 112: "vrrp",
    132: "sctp",
}  # fmt: skip

PROTOCOLS6 = {6: "tcp", 17: "udp", 46: "rsvp", 58: "icmpv6", 89: "ospf", 132: "sctp"}

#: by type and code; a code of ``None`` stands for all of the type
ICMP = {
    (0, None): "echo-reply", (3, None): "unreachable", (3, 0): "net-unreachable", (3, 1): "host-unreachable",
    (3, 2): "protocol-unreachable", (3, 3): "port-unreachable", (3, 4): "packet-too-big",
    (3, 5): "source-route-failed", (3, 6): "network-unknown", (3, 7): "host-unknown", (3, 8): "host-isolated",
    (3, 13): "administratively-prohibited", (4, None): "source-quench", (5, None): "redirect",
    (8, None): "echo", (9, None): "router-advertisement", (10, None): "router-solicitation",
    (11, None): "time-exceeded", (11, 0): "ttl-exceeded", (11, 1): "reassembly-timeout",
    (12, None): "parameter-problem", (13, None): "timestamp-request", (14, None): "timestamp-reply",
    (15, None): "information-request", (16, None): "information-reply", (17, None): "mask-request",
    (18, None): "mask-reply", (30, None): "traceroute",
}  # fmt: skip

ICMP6 = {
    (1, None): "unreachable", (1, 0): "no-route", (1, 1): "no-admin", (1, 2): "beyond-scope",
    (1, 3): "address-unreachable", (1, 4): "port-unreachable", (2, None): "packet-too-big",
    (3, None): "time-exceeded", (3, 0): "hop-limit", (3, 1): "reassembly-timeout", (4, None): "parameter-problem",
    (128, None): "echo-request", (129, None): "echo-reply", (130, None): "mld-query", (131, None): "mld-report",
    (132, None): "mld-reduction", (133, None): "router-solicitation", (134, None): "router-advertisement",
    (135, None): "neighbor-solicitation", (136, None): "neighbor-advertisement", (137, None): "redirect",
}  # fmt: skip
