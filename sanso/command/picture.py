"""Draw what is open between layers, segments and sites as one SVG file, from the proof and not from the intent.

python -m sanso picture backups --layers layers.yml --out city.svg
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sanso.command._network import add_network, read_network
from sanso.messages import language, text
from sanso.proof.frame import Frame
from sanso.proof.matrix import Matrix
from sanso.proof.prove import prove_frame
from sanso.report.pictures import picture


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    add_network(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="SVG file to write")


def run(options: argparse.Namespace) -> int:
    """Draw; the exit status is that of the proof."""
    network = read_network(options)
    lang = language(options.lang)
    frame = Frame(network.topology, network.policy)
    proof = prove_frame(frame)
    drawn = picture(Matrix(frame), proof.crossings, network.topology.city, lang, unproved=len(network.findings))
    options.out.write_text(drawn, encoding="utf-8")
    print(text("picture.written", lang, file=options.out))
    return 0 if proof.holds and not network.findings else 1
