"""Measurements: how well and how fast pages are read. Run by hand or by make, never by the archive."""
