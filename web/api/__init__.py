"""The JSON API: the same questions as the pages, for programs. Read-only, described by OpenAPI."""
