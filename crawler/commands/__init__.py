"""Scrapy's command line where this project's needs more than Scrapy's own says (setting COMMANDS_MODULE)."""
