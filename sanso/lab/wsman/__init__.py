"""Emulated terminals: WS-Management listeners that hold the state of licences."""
