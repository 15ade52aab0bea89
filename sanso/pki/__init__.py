"""The city's own certificates for 802.1X: a root, an authority for each layer, terminals and RADIUS servers."""
