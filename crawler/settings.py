"""Scrapy settings. The end spells the way of a page in order; everything above it says how politely.

What depends on `xha.toml` (user agent, sizes, times) is set by `crawler.spiders.base.LedgerSpider.update_settings`.
"""

BOT_NAME = "xihaian-archive"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"

# Politeness (law 9). The pace itself is kept in the database for all workers at once: see crawler/pace.py.
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 0
CONCURRENT_REQUESTS = 8
CONCURRENT_REQUESTS_PER_DOMAIN = 4
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5",
    "Accept-Language": "zh-CN,zh;q=0.9",
    # Only what decode() can undo.
    "Accept-Encoding": "gzip, deflate",
}

# The ledger is the queue and the memory: it decides what is fetched again, not Scrapy's filters.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
HTTPERROR_ALLOW_ALL = True
# A meta refresh is read by crawler.parse.refresh, so that each step is a judged capture of its own.
METAREFRESH_ENABLED = False
# What RFC 9309 (2.3.1.2) asks for robots.txt; a page that moved from http to https to a new host takes two.
REDIRECT_MAX_TIMES = 5
# A name that is not known by then is not known; it is looked up in a thread, of which there are ten.
DNS_TIMEOUT = 15
# A body shorter than its Content-Length, or longer than a page may be, is kept as far as it came and marked truncated
# rather than thrown away: see middlewares.Archive.
DOWNLOAD_FAIL_ON_DATALOSS = False
DOWNLOAD_MAXSIZE = 0
# The unit of back-off; 2, 4, 8 … times this between the tries of one request.
RETRY_WAIT_SECONDS = 1.0
# How long the whole site is left alone after 429 or 503 without a Retry-After.
BUSY_WAIT_SECONDS = 30.0
# Bound on one page that a browser draws, every click included: a slow pace and thirty scripts take a minute.
DRAWING_SECONDS = 300.0
# How long such a page may bring no new link although its scripts go on asking: longer than the four questions in a row
# that some ask before their list comes.
LINKS_REST_SECONDS = 10.0
# How often a run gives a sign of life, and lengthens its leases.
HEARTBEAT_SECONDS = 15.0
# What is given up is counted with its reason and told in the run's summary; an error line for each URL says no more.
RETRY_GIVE_UP_LOG_LEVEL = "INFO"

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.log.QuietFormatter"
FEED_EXPORT_ENCODING = "utf-8"

EXTENSIONS = {"crawler.extension.Keeping": 0}

# The way of a page: discover (spiders and crawler/follow.py) → fetch → archive → parse → judge → store.
SPIDER_MIDDLEWARES = {
    # Drops requests without telling anybody: a long address would be waited for without end.
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    # Start requests come from the ledger; a referer would tell one site about another.
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
}
DOWNLOADER_MIDDLEWARES = {
    # Switched off above; not to load it saves each crawl a tenth of a second.
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    # Before robots.txt: a host that is not the site's is not even asked for its rules.
    "crawler.reach.Own": 50,
    "crawler.robots.Robots": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.middlewares.Retry": 550,
    # Drops requests without telling anybody; where a request may lead is crawler.middlewares.Redirect's to say.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.Redirect": 600,
    # Content codings are undone by crawler.parse.decode, which keeps the bytes as they came.
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.render.Draw": 900,
    # Behind the proxy's middleware (750), which says who looks names up; before a request takes its turn.
    "crawler.reach.Public": 905,
    "crawler.pace.Pace": 910,
    # Nearest to the wire: sees redirects, robots.txt and the bytes as sent, before anything else does.
    "crawler.middlewares.Archive": 950,
}
ITEM_PIPELINES = {"crawler.pipelines.Pipeline": 100}
