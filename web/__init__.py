"""Read-only pages over the archive: for readers, Chinese first."""
