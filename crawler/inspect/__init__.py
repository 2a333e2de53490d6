"""Showing what was read of a page, by whom, and where on the page it stands."""
