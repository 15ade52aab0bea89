"""Proof: can any packet cross layers outside the approved flows?  Filters as sets of packets, and what follows."""
