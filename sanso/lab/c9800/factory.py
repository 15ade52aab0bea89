"""What a controller is born with, and what it boots with the first time where nobody says otherwise."""

from sanso.lab.ios.factory import factory_text as ios_text
from sanso.lab.spec import DeviceSpec

BORN_WITH = """\
wireless aaa policy default-aaa-policy
wireless profile flex default-flex-profile
 description "default flex profile"
wireless profile policy default-policy-profile
 description "default policy profile"
wireless tag site default-site-tag
 description "default site tag"
wireless tag policy default-policy-tag
 description "default policy-tag"
wireless tag rf default-rf-tag
 description "default RF tag"
ap profile default-ap-profile
 description "default ap profile"
"""
"""Profiles and tags that nobody made and nobody can remove; every running configuration prints them."""


def factory_text(spec: DeviceSpec) -> str:
    """Give the text: a switch's, without what only a stack has."""
    lines = ios_text(spec).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("switch ", "spanning-tree"))) + "\n"
