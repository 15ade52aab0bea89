"""What every subcommand reads: a folder of backups, or what an inventory intends."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sanso.city import CityError, load_city
from sanso.city.model import City
from sanso.messages import LANGUAGES, Finding, Severity
from sanso.network.snapshot import Line, Snapshot
from sanso.proof.edges_file import read_edges
from sanso.proof.findings import error
from sanso.proof.folder import Backups, FolderError, read_folder
from sanso.proof.layers import read_layers
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.render.intent import intend_city
from sanso.render.snapshots import intended_snapshots
from sanso.rules import check_city
from sanso.rules.words import nearest


@dataclass(frozen=True)
class Network:
    """A network to ask, and what of it could not be read."""

    topology: Topology
    policy: Policy
    today: date
    findings: list[Finding] = field(default_factory=list)

    @property
    def snapshots(self) -> Mapping[str, Snapshot]:
        """The devices, by host name."""
        return self.topology.snapshots


def add_network(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments that say which network is meant, and how to answer."""
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="configurations, a file for each device"
    )
    parser.add_argument("--layers", type=Path, metavar="FILE", help="YAML file of layers and approved flows")
    parser.add_argument(
        "--inventory", type=Path, metavar="DIR", help="an inventory of this project, instead of --layers"
    )
    parser.add_argument(
        "--edges", type=Path, metavar="FILE", help="what access points and hypervisors really tag; with --inventory"
    )
    parser.add_argument("--rendered", action="store_true", help="ask what the inventory intends, instead of a folder")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the answer (default: SANSO_LANG, else en)")
    parser.add_argument("--all", action="store_true", help="tell everything, and not the first few of each kind")


def read_network(options: argparse.Namespace) -> Network:
    """Read what the arguments name.

    Raises:
        FolderError: the arguments contradict each other, or the folder has nothing to read.
        CityError: the file of layers, or the inventory, says something that it may not.
    """
    if options.layers is not None and options.inventory is not None:
        raise FolderError("both")
    if options.layers is None and options.inventory is None:
        raise FolderError("need_layers")
    if options.edges is not None and options.inventory is None:
        raise FolderError("edges_need")
    if options.rendered and (options.inventory is None or options.folder is not None):
        raise FolderError("rendered_needs")
    if options.folder is None and not options.rendered:
        raise FolderError("need")
    return _of_layers(options) if options.inventory is None else _of_city(options)


def _of_layers(options: argparse.Namespace) -> Network:
    today = datetime.now().astimezone().date()
    layers = read_layers(options.layers, today)
    backups = read_folder(options.folder)
    if wrong := layers.check(backups.snapshots):
        raise CityError(wrong)
    topology = Topology(backups.snapshots, placement=layers.placement)
    return Network(topology, layers.policy, today, backups.findings)


def _of_city(options: argparse.Namespace) -> Network:
    city = load_city(options.inventory)
    today = datetime.now(ZoneInfo(city.settings.timezone)).date()
    findings = check_city(city, today)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise CityError(findings)
    if options.rendered:
        backups = Backups(intended_snapshots(intend_city(city)))
    else:
        backups = read_folder(options.folder)
        _compare(backups, city, options.folder)
    edges = [] if options.edges is None else read_edges(options.edges, city)
    topology = Topology(backups.snapshots, city, edges=edges)
    return Network(topology, Policy.of_city(city), today, backups.findings)


def _compare(backups: Backups, city: City, folder: Path) -> None:
    """Tell of devices that the inventory or the folder has alone; only what both have is looked at."""
    for name in [name for name in backups.snapshots if name not in city.devices]:
        snapshot = backups.snapshots.pop(name)
        args = {"device": name, "near": nearest(name, city.devices)}
        backups.findings.append(error("BACKUP-01", Line(snapshot.file, 1, name), args, "stranger"))
    for name in [name for name in city.devices if name not in backups.snapshots]:
        backups.findings.append(
            error("PROOF-03", Line(str(folder), 0, name), {"device": name, "detail": str(folder)})
        )
