"""One module per field; each hears its witnesses, none decides for another."""
