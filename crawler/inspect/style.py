"""How a marked page looks: a colour and a name for each field, and the style sheet."""

from __future__ import annotations

NAMES = {
    "title": "title 标题",
    "kicker": "kicker 引题",
    "subtitle": "subtitle 副题",
    "published": "published 时间",
    "source": "source 来源",
    "editor": "editor 编辑",
    "authors": "authors 作者",
    "column": "column 栏目",
    "edition": "edition 版次",
    "body": "body 正文",
    "images": "images 图片",
}
"""Field → what people call it."""

COLOURS = {
    "title": "#c2185b",
    "kicker": "#ad6800",
    "subtitle": "#7b5e00",
    "published": "#1565c0",
    "source": "#2e7d32",
    "editor": "#6a1b9a",
    "authors": "#d84315",
    "column": "#00838f",
    "edition": "#455a64",
    "body": "#8d9a3b",
    "images": "#5d4037",
}
"""Field → colour of its frame; dark enough for white letters (a contrast of 4.5), body and small print aside."""

_FIELDS = "\n".join(f'[data-read~="{name}"] {{ --own: {colour} }}' for name, colour in reversed(COLOURS.items()))

STYLE = f"""
:root {{ color-scheme: light }}
body {{ margin: 0; background: #fff; color: #222; font: 16px/1.75 "Noto Sans CJK SC", "Noto Sans SC",
  "PingFang SC", "Microsoft YaHei", sans-serif }}
#xha-page {{ box-sizing: border-box; max-width: 75rem; padding: 1rem 25rem 3rem 1.5rem; margin: 0;
  overflow-wrap: anywhere; color: #777 }}
#xha-page a {{ color: #6b7f95; text-decoration: underline dotted }}
#xha-page table {{ border-collapse: collapse }}
#xha-page td {{ vertical-align: top }}
#xha-page [data-aside], #xha-page [data-aside] * {{ margin: 0; padding: 0; font-size: 12px; font-weight: normal;
  line-height: 1.5; color: #999; border: 0 }}
#xha-page [data-aside] li, #xha-page [data-aside] dd, #xha-page [data-aside] dt {{ display: inline-block;
  padding-right: 1em }}
#xha-page [data-aside] ul, #xha-page [data-aside] ol, #xha-page [data-aside] dl {{ list-style: none }}
{_FIELDS}
#xha-page [data-read] {{ color: #111 }}
[data-read]:not([data-read="body"]) {{ outline: 2px solid var(--own); outline-offset: 2px; border-radius: 2px;
  margin: 0 3px }}
[data-read~="body"] {{ background: #f0f4d4 }}
#xha-page [data-label]::before {{ content: attr(data-label); background: var(--own); color: #fff;
  font: 600 11px/1.5 sans-serif; padding: 0 4px; margin: 0 5px 0 -2px; border-radius: 2px; vertical-align: 2px;
  white-space: nowrap; display: inline-block }}
[data-left-out]:not([data-read]) {{ text-decoration: line-through; color: #a33 }}
#xha-page [data-left-out]:not([data-read]):last-child::after {{ content: " " attr(data-left-out);
  display: inline-block; padding-left: 6px; font: italic 11px/1.5 sans-serif; color: #a33 }}
[data-picture] {{ display: inline-block; border: 1px dashed #bbb; padding: 2px 8px; color: #777; font-size: 13px }}
#xha-legend {{ position: fixed; top: 12px; right: 12px; width: 23rem; max-height: calc(100vh - 24px); overflow: auto;
  box-sizing: border-box; padding: 10px 12px; background: #fff; border: 1px solid #999; border-radius: 6px;
  box-shadow: 0 2px 10px #0003; font-size: 13px; line-height: 1.45 }}
#xha-legend p {{ margin: 0 0 8px }}
#xha-legend [data-url] {{ overflow-wrap: anywhere; color: #555 }}
#xha-legend [data-rejected], #xha-legend s {{ color: #b00020 }}
#xha-legend table {{ border-collapse: collapse; width: 100%; margin-bottom: 8px }}
#xha-legend th, #xha-legend td {{ text-align: left; vertical-align: top; padding: 4px 8px 4px 3px;
  font-weight: normal; overflow-wrap: anywhere }}
#xha-legend th, #xha-legend [data-sure], #xha-legend [data-figures] td:not(:last-child) {{ white-space: nowrap }}
#xha-legend th span {{ padding: 0 3px }}
#xha-legend [data-sure] {{ text-align: right }}
#xha-legend [data-sure="high"] {{ color: #1b5e20 }}
#xha-legend [data-sure="middle"] {{ color: #8a5a00 }}
#xha-legend [data-sure="low"] {{ color: #b00020 }}
#xha-legend small, #xha-legend [data-unread], #xha-legend [data-family] {{ color: #666; font-size: 12px }}
@media (max-width: 760px) {{
  #xha-page {{ padding: 1rem 1rem 45vh }}
  #xha-legend {{ top: auto; right: 0; bottom: 0; width: 100%; max-height: 40vh; border-radius: 6px 6px 0 0 }}
}}
"""
