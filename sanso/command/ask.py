"""Ask whether one end reaches another, by which lines, and where it stops.

An end is `internet`, a segment, segment@site, a node, a device, device:port, an address, a prefix, or a layer.

  python -m sanso ask --inventory inventories/lab --rendered --from lgwan_staff --to data_link --service https
  python -m sanso ask backups --layers layers.yml --from 10.1.2.3 --to 10.9.0.53 --service udp/53
"""

from __future__ import annotations

import argparse
import json

from sanso.command._network import add_network, read_network
from sanso.messages import language
from sanso.proof.answer import Words
from sanso.proof.question import ask
from sanso.proof.trips import Reach


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    add_network(parser)
    parser.add_argument(
        "--from", dest="source", required=True, metavar="END", help="the end that opens the connection"
    )
    parser.add_argument("--to", dest="target", required=True, metavar="END", help="the end that answers")
    parser.add_argument(
        "--service",
        default="any",
        metavar="SERVICE",
        help="tcp/443, udp/3478-3481, icmp, https, ip/47 (default: any)",
    )


def run(options: argparse.Namespace) -> int:
    """Answer, and give the exit status."""
    network = read_network(options)
    ends = options.source, options.target, options.service
    answer = ask(network.topology, network.policy, *ends, not_read=network.findings)
    lang = language(options.lang)
    words = Words(answer, lang, network.today, whole=options.all)
    print(json.dumps(words.as_dict(), ensure_ascii=False, indent=2) if options.json else "\n".join(words.lines()))
    return 0 if answer.reach is Reach.YES and answer.sure else 1
