"""Words that pages, lists and records are made of, for libFuzzer: no mutation hits upon 责任编辑 by itself."""

from __future__ import annotations

from pathlib import Path

WORDS = (
    *("<p>", "</p>", '<div class="content">', "</div>", "<table><tr><td>", "</td></tr></table>", "<br>", "<h1>"),
    *("</h1>", "<title>", "</title>", "</html>", "</body>", "<!--", "-->", "<script>", "</script>", "<style>", "<pre>"),
    *('<a href="', '">', "</a>", "<img src=1.jpg alt=", "<svg>", "<math>", "<textarea>", "<ul><li>", "<h2>", "<b>"),
    *('<meta name="author" content="', '<meta http-equiv=refresh content="0;url=', "<script type=application/ld+json>"),
    *("<founder-content>", "<founder-title>", 'style="display:none"', "<iframe src=", "<frame src=", "<base href="),
    *(
        "2024-07-26 09:30",
        "2024年7月26日",
        "２０２４年",
        "7月26日",
        "20240726",
        "来源：",
        "稿源：",
        "责任编辑：",
        "编辑：",
    ),
    *(
        "记者 ",
        "通讯员 ",
        "作者：",
        "文/图",
        "原标题：",
        "本报讯",
        "下一页",
        "上一版",
        "第01版：要闻",
        "版次",
        "青石日报",
    ),
    *(
        "高禾",
        "港口扩建工程今日开工",
        "（",
        "）",
        "【",
        "】",
        "，",
        "。",
        "|",
        "\u3000",
        "\u200b",
        "\ufeff",
        "\ufffd",
        "&nbsp;",
    ),
    *(
        "<?xml version='1.0' encoding='gbk'?>",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE x [",
        "<!ENTITY a SYSTEM '",
        "&a;",
        "<rss>",
    ),
    *("<item>", "<link>", "<entry>", "<updated>", "<loc>", "<urlset>", "<sitemapindex>", "<pubDate>", "xml:base='"),
    *('{"list": [', '"title": "', '"content": "', '"publishtime": "', "null", "1e999", "\\ud800", "]}", "data[]"),
    *(
        "http://",
        "https://",
        "//",
        "javascript:",
        "data:",
        "%2e%2e/",
        "[::1]",
        ":99999",
        "#!/",
        ";jsessionid=",
        "utm_source=",
    ),
    *("WARC/1.1\r\n", "WARC-Type: response\r\n", "WARC-Record-ID: <urn:uuid:", "WARC-Concurrent-To: ", "WARC-Date: "),
    *(
        "WARC-Block-Digest: {digest}\r\n",
        "Content-Length: {length}\r\n",
        "{payload}",
        "HTTP/1.1 200 OK\r\n",
        "\r\n\r\n",
    ),
    *("X-Archive-Lead: ", '"version": 1', '"context": {', '"kind": "article"', "Transfer-Encoding: chunked", "\x1e"),
)


def write(path: Path) -> None:
    """Write them as a dictionary file."""
    path.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS), "ascii")


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass"))
