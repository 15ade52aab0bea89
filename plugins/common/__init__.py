"""What the plugins share: hosts' variables to plain data, and origins to locations."""
