"""From several pages of one site to a profile: selectors for what the general rules found on them."""
