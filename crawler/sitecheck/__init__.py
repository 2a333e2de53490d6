"""Whether a site profile still fits the site: a few pages of each channel, field by field, selector by selector."""
