"""playbooks/prove.yml on the embedded city."""

from __future__ import annotations

from sanso.city import load_city
from sanso.platforms import load_platform
from sanso.render import intend_city
from tests.plugins.conftest import Ran, RunningCity, by_hand

HOST = "hoikusho-east-1"


def prove(city: RunningCity, *arguments: str, **env: str) -> Ran:
    return city.play(*arguments, playbook="playbooks/prove.yml", **env)


def backups(city: RunningCity) -> None:
    """Write what every device should hold into files."""
    folder = city.folder / "backups"
    folder.mkdir()
    for host, intent in intend_city(load_city(city.inventory)).items():
        text = load_platform(intent.facts.platform).render(intent.facts)
        (folder / f"{host}.cfg").write_text(text, encoding="utf-8")


def test_what_was_rolled_out_is_proved(city: RunningCity) -> None:
    ran = prove(city)
    assert ran.status == 0, ran.text
    assert ran.text.count("only approved flows pass between layers\n") == 2


def test_a_permit_by_hand_is_shown_with_a_packet_and_its_line(city: RunningCity) -> None:
    by_hand(city, HOST, "ip access-list extended SANSO-lgwan_staff-IN-V4", "1 permit tcp any any eq 3389")
    try:
        ran = prove(city)
    finally:
        assert city.play("--limit", HOST).status == 0
    assert ran.status == 2
    for words in (f"{HOST} (running):", "PROOF-01", "1 permit tcp any any eq 3389", ":3389 passes from", "SEP-02"):
        assert words in ran.text, words


def test_a_device_that_cannot_be_read_is_not_proved(city: RunningCity) -> None:
    city.edit("hosts.yml", r"127\.42\.1\.1", "127.42.99.99")
    ran = prove(city)
    assert ran.status == 2
    assert f"PROOF-03: not proved: {HOST} could not be read" in ran.text


def test_a_folder_of_backups_contacts_no_device(city: RunningCity) -> None:
    backups(city)
    city.edit("group_vars/all/connection.yml", r"sanso_known_hosts: .*", "sanso_known_hosts: /dev/null")
    folder = city.folder / "backups"
    assert prove(city, "-e", f"sanso_backups={folder}").status == 0
    file = folder / f"{HOST}.cfg"
    file.write_text(file.read_text(encoding="utf-8").replace(" deny ip any any log", " permit ip any any"))
    ran = prove(city, "-e", f"sanso_backups={folder}", SANSO_LANG="ja")
    assert ran.status == 2
    assert f"{file}:" in ran.text
    assert "に通ります" in ran.text


def test_a_backup_that_is_missing_is_not_proved(city: RunningCity) -> None:
    backups(city)
    (city.folder / "backups" / f"{HOST}.cfg").unlink()
    ran = prove(city, "-e", f"sanso_backups={city.folder / 'backups'}")
    assert ran.status == 2
    assert f"{HOST}.cfg: No such file or directory" in ran.text
