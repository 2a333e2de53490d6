"""Page families: what differs between the generations of a site's pages. All else is the general reading."""
