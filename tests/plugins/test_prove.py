"""playbooks/prove.yml on the embedded city."""

from __future__ import annotations

from sanso.city import load_city
from sanso.platforms import load_controller, load_platform
from sanso.render import intend_city, intend_controllers
from tests.plugins.conftest import Ran, RunningCity, by_hand

HOST = "hoikusho-east-1"


def prove(city: RunningCity, *arguments: str, **env: str) -> Ran:
    return city.play(*arguments, playbook="playbooks/prove.yml", **env)


def backups(city: RunningCity) -> None:
    """Write what every device and controller should hold into files."""
    folder = city.folder / "backups"
    folder.mkdir()
    here = load_city(city.inventory)
    texts = {host: load_platform(one.facts.platform).render(one.facts) for host, one in intend_city(here).items()}
    for host, intent in intend_controllers(here).items():
        texts[host] = load_controller(intent.facts.platform).render(intent.facts)
    for host, text in texts.items():
        (folder / f"{host}.cfg").write_text(text, encoding="utf-8")


def test_what_was_rolled_out_is_proved(city: RunningCity) -> None:
    ran = prove(city)
    assert ran.status == 0, ran.text
    assert ran.text.count("only approved flows pass between layers; ") == 2
    assert "taken to do what they should: hall-kvm-1, hall-kvm-2, hall-kvm-3" in ran.text, "they are not emulated"


def test_a_permit_by_hand_is_shown_with_a_packet_and_its_line(city: RunningCity) -> None:
    by_hand(city, HOST, "ip access-list extended SANSO-lgwan_staff-IN-V4", "1 permit tcp any any eq 3389")
    try:
        ran = prove(city)
    finally:
        assert city.play("--limit", HOST).status == 0
    assert ran.status == 2
    for words in (f"{HOST} (running):", "PROOF-01", "1 permit tcp any any eq 3389", ":3389 passes from", "SEP-02"):
        assert words in ran.text, words


def test_what_the_inventory_approves_and_a_device_denies_is_a_warning(city: RunningCity) -> None:
    backups(city)
    file = city.folder / "backups" / f"{HOST}.cfg"
    head = "ip access-list extended SANSO-lgwan_staff-IN-V4\n"
    file.write_text(file.read_text(encoding="utf-8").replace(head, f"{head} 5 deny tcp any any\n"))
    ran = prove(city, "-e", f"sanso_backups={file.parent}")
    assert ran.status == 0, ran.text
    assert "PROOF-04" in ran.text
    assert "5 deny tcp any any" in ran.text


def test_what_is_open_is_drawn_whether_it_may_be_or_not(city: RunningCity) -> None:
    backups(city)
    folder, drawn = city.folder / "backups", city.folder / "pictures" / "city.svg"
    assert prove(city, "-e", f"sanso_backups={folder}", "-e", f"sanso_picture={drawn}").status == 0
    file = folder / f"{HOST}.cfg"
    head = "ip access-list extended SANSO-lgwan_staff-IN-V4\n"
    file.write_text(file.read_text(encoding="utf-8").replace(head, f"{head} 5 permit tcp any any\n"))
    assert "unapproved traffic" not in drawn.read_text(encoding="utf-8")
    assert prove(city, "-e", f"sanso_backups={folder}", "-e", f"sanso_picture={drawn}").status == 2
    assert "unapproved traffic" in drawn.read_text(encoding="utf-8")


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


def test_neighbours_are_asked_for_and_contradict_an_inventory_that_is_wrong(city: RunningCity) -> None:
    ran = prove(city, "-e", "sanso_neighbours=true")
    assert ran.status == 0, ran.text
    assert "TOPO-" not in ran.text
    # the patches of two floors exchanged, as the inventory has it; the devices are cabled as they were
    near = "host_vars/hall-dist-1.yml"
    for old, new in (
        ("hall-floor-1", "hall-floor-X"),
        ("hall-floor-2", "hall-floor-1"),
        ("hall-floor-X", "hall-floor-2"),
    ):
        city.edit(near, rf"to: {old}\b", f"to: {new}")
    city.edit("host_vars/hall-floor-1.yml", r"to_port: TenGigabitEthernet1/0/1\b", "to_port: TenGigabitEthernet1/0/2")
    city.edit("host_vars/hall-floor-2.yml", r"to_port: TenGigabitEthernet1/0/2\b", "to_port: TenGigabitEthernet1/0/1")
    ran = prove(city, "-e", "sanso_neighbours=true")
    assert "TOPO-04" in ran.text, ran.text
    assert "hall-floor-1 TenGigabitEthernet1/1/1" in ran.text
    assert "TOPO-04" not in prove(city).text, "without neighbours nobody contradicts the inventory"


def test_answers_beside_backups_are_read(city: RunningCity) -> None:
    backups(city)
    folder = city.folder / "backups"
    heard = folder / f"{HOST}.lldp"
    heard.write_text("\nTotal entries displayed: 0\n", encoding="utf-8")
    assert prove(city, "-e", f"sanso_backups={folder}").status == 0
    heard.write_text("show lldp neighbors: command not found\n", encoding="utf-8")
    ran = prove(city, "-e", f"sanso_backups={folder}")
    assert ran.status == 2
    assert f"{heard}:1:1: error TOPO-12" in ran.text


def test_what_is_to_be_tidied_up_is_a_warning(city: RunningCity) -> None:
    backups(city)
    folder = city.folder / "backups"
    file = folder / f"{HOST}.cfg"
    text = file.read_text(encoding="utf-8").replace("\nend\n", "\nip access-list standard OLD\n permit any\nend\n")
    file.write_text(text, encoding="utf-8")
    ran = prove(city, "-e", f"sanso_backups={folder}")
    assert ran.status == 0, ran.text
    assert "LINT-06" in ran.text
    assert "nothing names the list OLD" in ran.text
    assert "LINT-06" not in prove(city, "-e", f"sanso_backups={folder}", "-e", "sanso_lint=false").text


def test_what_access_points_really_tag_is_proved(city: RunningCity) -> None:
    backups(city)
    folder = city.folder / "backups"
    model = load_city(city.inventory)
    wlan, foreign = model.wlans["lgwan"], model.segments["internet_wifi"].vlan
    edges = folder / "edges.yml"
    edges.write_text(f'edges:\n  - {{name: "{wlan.ssid}", tag: {foreign}}}\n', encoding="utf-8")
    ran = prove(city, "-e", f"sanso_backups={folder}")
    assert ran.status == 2
    assert "TOPO-01" in ran.text
    assert f"correct the tag that {wlan.ssid} uses at its own end" in ran.text
    edges.write_text(f'edges:\n  - {{name: "{wlan.ssid}", vlan: {foreign}}}\n', encoding="utf-8")
    ran = prove(city, "-e", f"sanso_backups={folder}")
    assert ran.status == 2
    assert f"{edges}:2:" in ran.text
    assert "EDGE-01" in ran.text
