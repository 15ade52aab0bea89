"""RADIUS servers of the wireless networks: whom they hear, what they answer, as FreeRADIUS's policy and back.

What a server answers is decided in one place, its policy file: :mod:`sanso.radius.policy` writes it from the city,
:mod:`sanso.radius.reader` reads it from where it lies.
"""
