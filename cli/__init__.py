"""The `xha` command: one file per command, each a thin skin over one function of the library."""
