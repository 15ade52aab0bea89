"""Benchmarks: tables of measured times, beside those of other tools in the same run. Nothing here is a test."""
