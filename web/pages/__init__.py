"""One module a page; each asks `storage.query` and fills in a template."""
