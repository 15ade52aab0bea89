"""Certificates of the city, looked at by OpenSSL and by time passing."""

from __future__ import annotations

import shutil
import stat
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from sanso.city import load_city
from sanso.city.segment import Layer
from sanso.messages import RefusedError
from sanso.pki.keep import Change, Passphrases, keep
from sanso.pki.names import Subject, authority, layer_of_issuer
from sanso.pki.wanted import Revocation, Wanted, wanted_servers, wanted_terminals

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl, which looks at them, is not installed"
)

LAB = Path(__file__).parents[2] / "inventories" / "lab"
CITY = "Midorikawa City"
NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SECRETS = Passphrases(b"of the authorities", b"of the terminals too")
WANTED = Wanted(
    CITY,
    {
        Layer.LGWAN: tuple(Subject(CITY, "lgwan_wifi", f"lg-{number}") for number in range(1, 11)),
        Layer.INTERNET: (Subject(CITY, "internet_wifi", "in-1"),),
    },
    {"radius_1": "radius-1.example.jp"},
    crl_url="http://pki.example.jp",
)


def run(folder: Path, wanted: Wanted = WANTED, *, days: float = 0, write: bool = True) -> list[Change]:
    return keep(wanted, folder, SECRETS, NOW + timedelta(days=days), write=write)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run(tmp_path / "ca")
    return tmp_path / "ca"


def terminal(folder: Path, name: str, layer: str = "lgwan") -> x509.Certificate:
    _, certificate, _ = pkcs12.load_key_and_certificates(
        (folder / layer / f"{name}.p12").read_bytes(), SECRETS.export
    )
    assert certificate is not None
    return certificate


def revoked(folder: Path, layer: str = "lgwan") -> dict[int, x509.RevokedCertificate]:
    crl = x509.load_pem_x509_crl((folder / layer / "crl.pem").read_bytes())
    return {one.serial_number: one for one in crl}


def openssl(
    folder: Path, certificate: x509.Certificate, *options: str, layer: str = "lgwan", at: datetime = NOW
) -> str:
    """What OpenSSL says of a certificate, asked as FreeRADIUS asks: the layer's authority and its list alone."""
    trust, shown = folder / "trust.pem", folder / "shown.pem"
    trust.write_bytes((folder / layer / "authority.pem").read_bytes() + (folder / layer / "crl.pem").read_bytes())
    shown.write_bytes(certificate.public_bytes(Encoding.PEM))
    when = str(int(at.timestamp()))
    command = [
        "/usr/bin/env",
        "openssl",
        "verify",
        "-partial_chain",
        "-crl_check",
        "-purpose",
        "sslclient",
        "-attime",
        when,
    ]
    asked = subprocess.run(
        [*command, *options, "-CAfile", str(trust), str(shown)], capture_output=True, text=True, check=False
    )
    return asked.stdout + asked.stderr


def test_check_mode_writes_nothing_and_says_what_a_run_does(tmp_path: Path) -> None:
    said = run(tmp_path / "ca", write=False)
    assert not (tmp_path / "ca").exists()
    assert run(tmp_path / "ca") == said
    assert run(tmp_path / "ca") == []
    assert {change.kind for change in said} == {"authority", "server", "terminal", "crl"}


def test_a_terminal_of_a_layer_is_good_there_and_unknown_elsewhere(folder: Path) -> None:
    assert openssl(folder, terminal(folder, "lg-1")).endswith(": OK\n")
    assert "unable to get local issuer" in openssl(folder, terminal(folder, "lg-1"), layer="internet")


def test_a_servers_certificate_is_none_of_a_terminal(folder: Path) -> None:
    server = x509.load_pem_x509_certificate((folder / "servers" / "radius_1.pem").read_bytes())
    assert "unsuitable certificate purpose" in openssl(folder, server, layer="servers")
    assert openssl(folder, server, "-purpose", "sslserver", layer="servers").endswith(": OK\n")


def test_the_whole_chain_holds_with_every_list(folder: Path) -> None:
    bundle = folder / "all.pem"
    bundle.write_bytes(
        b"".join(
            (folder / unit / name).read_bytes() for unit in ("root", "lgwan") for name in ("authority.pem", "crl.pem")
        )
    )
    shown = folder / "one.pem"
    shown.write_bytes(terminal(folder, "lg-1").public_bytes(Encoding.PEM))
    when = str(int(NOW.timestamp()))
    subprocess.run(
        [
            "/usr/bin/env",
            "openssl",
            "verify",
            "-x509_strict",
            "-crl_check_all",
            "-attime",
            when,
            "-CAfile",
            str(bundle),
            str(shown),
        ],
        check=True,
        capture_output=True,
    )


def test_what_a_certificate_says(folder: Path) -> None:
    certificate = terminal(folder, "lg-1")
    assert certificate.issuer == authority(CITY, "lgwan").distinguished()
    assert certificate.subject == Subject(CITY, "lgwan_wifi", "lg-1").distinguished()
    uses = certificate.extensions.get_extension_for_oid(ExtensionOID.EXTENDED_KEY_USAGE).value
    assert list(uses) == [ExtendedKeyUsageOID.CLIENT_AUTH]  # type: ignore[call-overload]
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["lg-1"]
    [point] = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert point.full_name is not None
    assert point.full_name[0].value == "http://pki.example.jp/lgwan.crl"
    limits = x509.load_pem_x509_certificate((folder / "lgwan" / "authority.pem").read_bytes())
    assert limits.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0


def test_openssl_writes_names_as_the_policy_compares_them(folder: Path) -> None:
    shown = folder / "one.pem"
    shown.write_bytes(terminal(folder, "lg-1").public_bytes(Encoding.PEM))
    said = subprocess.run(
        ["/usr/bin/env", "openssl", "x509", "-noout", "-issuer", "-nameopt", "compat", "-in", str(shown)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    assert said.replace("issuer=", "").strip() == str(authority(CITY, "lgwan"))
    assert layer_of_issuer(str(authority(CITY, "lgwan"))) is Layer.LGWAN


@pytest.mark.parametrize(
    "name", ["", "/C=JP/O=X/OU=lgwan/CN=internet authority", "/C=JP/O=X/OU=root/CN=root authority"]
)
def test_other_issuers_are_of_no_layer(name: str) -> None:
    assert layer_of_issuer(name) is None


def test_private_keys_are_the_owners_alone(folder: Path) -> None:
    secret = [*folder.rglob("*.key"), *folder.rglob("*.p12")]
    assert len(secret) == 4 + 1 + 11
    assert {stat.S_IMODE(file.stat().st_mode) for file in secret} == {0o600}
    assert all(b"ENCRYPTED" in file.read_bytes() for file in folder.rglob("authority.key"))


def test_a_lost_terminal_is_revoked_and_its_successor_is_not(folder: Path) -> None:
    lost = terminal(folder, "lg-1")
    at = NOW + timedelta(days=3)
    wanted = replace(WANTED, revoked=(Revocation("lg-1", at),))
    assert run(folder, wanted, days=3.01) == [
        Change("terminal", "lgwan", "lg-1", "revoked"),
        Change("crl", "lgwan", "lg-1", "revoked"),
    ]
    later = NOW + timedelta(days=4)
    assert "certificate revoked" in openssl(folder, lost, at=later)
    assert openssl(folder, terminal(folder, "lg-1"), at=later).endswith(": OK\n")
    assert revoked(folder)[lost.serial_number].revocation_date_utc == at
    assert run(folder, wanted, days=3.01) == []


def test_what_is_issued_in_the_very_run_that_revokes_is_good(folder: Path) -> None:
    at = NOW + timedelta(days=3)
    wanted = replace(WANTED, revoked=(Revocation("lg-1", at),))
    run(folder, wanted, days=3)
    assert terminal(folder, "lg-1").serial_number not in revoked(folder)
    assert run(folder, wanted, days=3) == []


def test_what_was_revoked_stays_so_when_the_entry_is_taken_away(folder: Path) -> None:
    lost = terminal(folder, "lg-1")
    run(folder, replace(WANTED, revoked=(Revocation("lg-1", NOW + timedelta(hours=1)),)), days=1)
    run(folder, days=20)
    assert lost.serial_number in revoked(folder)
    run(folder, days=731)
    assert lost.serial_number not in revoked(folder)


def test_a_terminal_that_is_named_no_more_is_revoked(folder: Path) -> None:
    gone = terminal(folder, "lg-10")
    fewer = replace(WANTED, terminals={**WANTED.terminals, Layer.LGWAN: WANTED.terminals[Layer.LGWAN][:-1]})
    assert run(folder, fewer, days=1) == [Change("crl", "lgwan", "lg-10", "revoked")]
    reason = revoked(folder)[gone.serial_number].extensions.get_extension_for_class(x509.CRLReason).value.reason
    assert reason is x509.ReasonFlags.cessation_of_operation


def test_an_emptied_list_revokes_nobody(folder: Path) -> None:
    before = (folder / "lgwan" / "crl.pem").read_bytes()
    for write in (False, True):
        with pytest.raises(RefusedError, match="10 of 10 valid certificates of lgwan"):
            run(folder, replace(WANTED, terminals={**WANTED.terminals, Layer.LGWAN: ()}), days=1, write=write)
    assert (folder / "lgwan" / "crl.pem").read_bytes() == before


def test_a_terminal_that_moves_to_another_layer_loses_what_it_had(folder: Path) -> None:
    old = terminal(folder, "lg-1")
    moved = {
        Layer.LGWAN: WANTED.terminals[Layer.LGWAN][1:],
        Layer.INTERNET: (*WANTED.terminals[Layer.INTERNET], Subject(CITY, "internet_wifi", "lg-1")),
    }
    run(folder, replace(WANTED, terminals=moved), days=1)
    assert old.serial_number in revoked(folder)
    assert openssl(
        folder, terminal(folder, "lg-1", "internet"), layer="internet", at=NOW + timedelta(days=1)
    ).endswith("OK\n")


def test_a_terminal_that_moves_within_its_layer_gets_another_certificate(folder: Path) -> None:
    old = terminal(folder, "lg-1")
    first, *rest = WANTED.terminals[Layer.LGWAN]
    moved = {**WANTED.terminals, Layer.LGWAN: (replace(first, unit="lgwan_tablets"), *rest)}
    changes = run(folder, replace(WANTED, terminals=moved), days=1)
    assert changes == [Change("terminal", "lgwan", "lg-1", "moved"), Change("crl", "lgwan", "lg-1", "revoked")]
    assert old.serial_number in revoked(folder)


def test_certificates_are_renewed_before_they_end_and_both_are_good_meanwhile(folder: Path) -> None:
    old = terminal(folder, "in-1", "internet")
    assert not [change for change in run(folder, days=669) if change.kind == "terminal"]
    renewed = [change for change in run(folder, days=671) if change.kind == "terminal"]
    assert len(renewed) == 11
    assert {change.why for change in renewed} == {"renewed"}
    at = NOW + timedelta(days=671)
    assert openssl(folder, old, layer="internet", at=at).endswith("OK\n")
    assert openssl(folder, terminal(folder, "in-1", "internet"), layer="internet", at=at).endswith("OK\n")


def test_revocation_lists_are_renewed_at_half_their_time(folder: Path) -> None:
    assert run(folder, days=14) == []
    assert {(change.kind, change.why) for change in run(folder, days=16)} == {("crl", "renewed")}
    crl = x509.load_pem_x509_crl((folder / "lgwan" / "crl.pem").read_bytes())
    assert crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == 2


def test_an_authority_gets_a_new_certificate_for_its_key_in_time(folder: Path) -> None:
    key = (folder / "lgwan" / "authority.pem").read_bytes()
    changes = run(folder, days=3650 - 700)
    assert Change("authority", "lgwan", "lgwan", "renewed") in changes
    both = [x509.load_pem_x509_certificate(one) for one in (key, (folder / "lgwan" / "authority.pem").read_bytes())]
    assert both[0].public_key() == both[1].public_key()


def test_an_authority_whose_key_was_lost_starts_anew_with_all_it_issued(folder: Path) -> None:
    old = terminal(folder, "lg-1")
    wanted = replace(WANTED, revoked=(Revocation("lgwan authority", NOW + timedelta(days=1)),))
    changes = run(folder, wanted, days=2)
    assert Change("authority", "lgwan", "lgwan", "revoked") in changes
    assert Change("crl", "root", "lgwan authority", "revoked") in changes
    assert len([change for change in changes if change.kind == "terminal"]) == 10
    at = NOW + timedelta(days=2)
    assert not openssl(folder, old, at=at).endswith("OK\n")
    assert openssl(folder, terminal(folder, "lg-1"), at=at).endswith("OK\n")
    assert run(folder, wanted, days=2) == []


def test_another_passphrase_is_said_to_be_one(folder: Path) -> None:
    (folder / "lgwan" / "lg-1.p12").unlink()
    with pytest.raises(RefusedError, match="cannot be opened with the passphrase"):
        keep(WANTED, folder, Passphrases(b"another passphrase", b"another passphrase"), NOW, write=True)


def test_a_short_passphrase_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="authority passphrase has 5 characters"):
        keep(WANTED, tmp_path / "ca", Passphrases(b"short", SECRETS.export), NOW, write=True)
    assert not (tmp_path / "ca").exists()


@pytest.mark.parametrize("until", [NOW + timedelta(days=1), datetime(2026, 3, 1)])
def test_a_revocation_says_a_past_time_with_its_zone(tmp_path: Path, until: datetime) -> None:
    with pytest.raises(RefusedError, match="a time that has passed"):
        run(tmp_path / "ca", replace(WANTED, revoked=(Revocation("lg-1", until),)))
    assert not (tmp_path / "ca").exists()


def test_terminals_are_named_by_segment() -> None:
    city = load_city(LAB)
    found = wanted_terminals(city, {"lgwan_wifi": ["lg-1"], "school_staff": ["t-1.school.example"]})
    assert {layer: [one.name for one in subjects] for layer, subjects in found.items()} == {
        Layer.LGWAN: ["lg-1"],
        Layer.INTERNET: [],
        Layer.SCHOOL: ["t-1.school.example"],
    }
    assert wanted_servers(city, "example.jp")["school_radius"] == "school-radius.example.jp"


@pytest.mark.parametrize(
    ("terminals", "key"),
    [
        ({"lgwan_staff": ["lg-1"]}, "pki.segment"),
        ({"lgwan_wifi": ["lg-1"], "internet_wifi": ["lg-1"]}, "pki.twice"),
        ({"lgwan_wifi": ["lg-1/OU=internet_wifi"]}, "pki.name"),
        ({"lgwan_wifi": ["../internet/in-1"]}, "pki.name"),
    ],
)
def test_names_that_cannot_be_are_refused(terminals: dict[str, list[str]], key: str) -> None:
    with pytest.raises(RefusedError) as refused:
        wanted_terminals(load_city(LAB), terminals)
    assert refused.value.key == key


def test_a_city_whose_name_openssl_writes_otherwise_is_refused() -> None:
    with pytest.raises(RefusedError, match="cannot stand in a certificate"):
        authority("緑川市", "lgwan")
