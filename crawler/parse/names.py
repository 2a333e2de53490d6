"""What a person's name looks like on a Chinese page, and the grammar of bylines."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.parse.shapes import HAN, fold, plain

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费"
    "廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮"
    "蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢"
    "滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶"
    "郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿"
    "阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须"
    "丰巢关蒯相查后荆红游竺权逯盖益桓公肖覃付仝岳帅佟邸揭代涂税闫展户兰原年撒苟仪尉雒敬况缑朴栗檀海初矫信丘亓仉牟岱亢凃芦冼禤候衣来但鹿隋官逢迟由綦战区麦"
    "商墨哈谯笪佘佴伯赏南宫墨漆乐拱夹谷闻过晋楚法汝鄢买占操尧楼宛粟补敬洛丑油德郇位字仵畅晓呼宏闪扬依侣律苑修甫才续旷母门生"
    "趙錢孫馮陳褚衛蔣許呂張嚴華謝鄒雲蘇魯韋馬鳳俞費賀湯羅畢鄔樂時顧黃蕭龐紀項藍閔賈婁顏鐘鍾駱萬盧經單諸鈕龔邢陸榮儲靳烏車寧劉葉龍"
    "蒼雙聞黨譚勞邊農溫莊閻連習魚廖滿國東歐師鞏聶簡饒豐關遊權蓋"
)
"""First characters of Chinese family names: the Hundred Surnames, what today's registers add, traditional forms."""
_COMPOUND = (
    "欧阳司马上官诸葛东方皇甫尉迟公孙令狐慕容司徒司空夏侯端木南宫西门独孤宇文长孙拓跋轩辕呼延百里东郭申屠太史公冶濮阳淳于单于钟离闻人"
    "澹台赫连完颜纳兰歐陽司馬諸葛東方"
)
COMPOUND = frozenset(_COMPOUND[place : place + 2] for place in range(0, len(_COMPOUND), 2))
_NOT_A_NAME = re.compile(
    r"记者|通讯|实习|编辑|作者|报道|摄影|供图|供稿|综合|整理|整合|采写|来源|校对|审核|责编|评论|文图|图文|编译|撰稿|撰文|发自|转载|未知|佚名|匿名|"
    r"本报|本网|本站|网友|视觉|网络|管理员|全媒|融媒|新闻|日报|晚报|时报|周刊|客户端|电视|时间|发布|原创|阅读|分享|字号|字体|关注|查看|更多|"
    r"返回|打印|收藏|关闭|首页|登录|記者|編輯|報導|報道|攝影|编者|读者|资料|图片|视频|监制|主编|策划|统筹|"
    r"公司|集团|中心|政府|办公|委员|大学|学院|医院|公安|检察|法院|银行|协会|研究"
)
_OFFICES = ("报", "网", "社", "台", "局", "部", "委", "办", "厅", "院")
_HAN_RUN = re.compile(rf"[{HAN}]+")
_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:[·•・‧][{HAN}A-Z][{HAN}a-z]{{0,8}}){{1,3}}")
ROLE = re.compile(
    r"(?:记者站)?(?:记\s*者|通讯员|实习生|评论员|观察员|撰稿人|撰稿|作\s*者|特约撰稿|特派员|見習記者|記\s*者|通訊員|實習生)"
)
"""The word after which names stand in a byline."""
_VERB = re.compile(
    r"^[\s/,、]*(?:文图|图文|文并摄|文并图|摄影报道|综合报道|编译报道|报道|报导|報導|報道|整理|整合|综合|采写|撰文|撰写|编译|文|"
    rf"发自[{HAN}]{{2,8}}|[{HAN}]{{2,8}}(?:报道|報導|电|讯)|[{HAN}]{{2,4}}\d{{1,2}}日[{HAN}]{{0,4}}[电電讯])?[\s/。.]*$"
)
_CREDIT = re.compile(
    r"^\s*(?:/\s*)?(?:[/、,]\s*)?(?:摄(?!影报)|攝(?!影報)|供图|提供|图\s*$|制图|漫画|绘|翻拍|航拍|/摄)"
)
_PICTURES = re.compile(rf"(?:^|[\s/])(?:图片?|摄影?|视频|攝影)\s?[/|:]\s?[{HAN}]{{0,8}}$")
"""Before a role: whoever follows took the pictures, `图/本报记者`."""
_GLUED_VERB = re.compile(r"(?:摄影报道|综合报道|报道|報導|報道|整理|整合|采写|编译|撰文|文/图|摄影|摄|攝|供图|文|图)$")
_DATELINE = re.compile(rf"\d{{1,2}}日[{HAN}]{{0,4}}[电電讯訊]$")
USUAL_NAME = 3
"""Characters that most names have."""
_SURE_VERBS = {"摄", "攝"}
"""Last characters that no given name ends with; `张晓文` may be a name, `张晓摄` is a credit."""
_TOKEN = re.compile(r"[^\s、,/;&|:-]+")
_WORDS_AND_PICTURES = re.compile(r"(?:文字?|图片?|图)\s*/\s*(?:图片?|文字?|摄影?|摄)")
_MAYBE = re.compile("[记記]\\s*者|通[讯訊]|[实實]习|[习習]生|[员員人]|作\\s*者|[文图圖撰采报報]")
"""What no byline does without."""
_AND = re.compile(rf"(?<=[{HAN}]{{2}})[和与及](?=[{HAN}]{{2,3}}(?:$|[\s、,/)]))")


def _tidy(text: str) -> str:
    """文/图 made one word, 和 between two names a blank."""
    return _AND.sub(" ", _WORDS_AND_PICTURES.sub("文图", plain(text)))


def is_name(token: str) -> bool:
    """Whether a token is shaped like a person's name: two to four Han characters behind a family name, or dotted.

    >>> [is_name(token) for token in ("苗禾", "欧阳晓岚", "约翰·汉斯", "青石日报", "大众·青石网", "NF4425")]
    [True, True, True, False, False, False]
    """
    if _NOT_A_NAME.search(token) or token.endswith(_OFFICES):
        return False
    if _DOTTED.fullmatch(token):
        return True
    if not 2 <= len(token) <= 4 or not _HAN_RUN.fullmatch(token):
        return False
    return len(token) > 2 if token[:2] in COMPOUND else token[0] in SURNAMES


def read_names(text: str) -> tuple[list[str], str]:
    """Names at the start of a text, and what is left behind them.

    The two halves of a spaced two-character name are joined again.

    >>> read_names("刘 腾、苗禾 欧阳晓岚 报道")
    (['刘腾', '苗禾', '欧阳晓岚'], '报道')
    >>> read_names("张晓禾摄")
    (['张晓禾'], '摄')
    """
    line = _tidy(text)
    tokens = list(_TOKEN.finditer(line))
    names: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place].group()
        follower = tokens[place + 1].group() if place + 1 < len(tokens) else ""
        if len(token) == len(follower) == 1 and token in SURNAMES and _HAN_RUN.fullmatch(follower):
            names.append(token + follower)
            place += 2
            continue
        if stem := _stem(token):
            return [*names, stem], line[tokens[place].start() + len(stem) :].strip()
        if not is_name(token):
            return names, line[tokens[place].start() :].strip()
        names.append(token)
        place += 1
    return names, ""


def _stem(token: str) -> str | None:
    """The name to which a verb or a dateline is glued: `苗禾报道`, `苗小禾青石26日电`; places have two signs."""
    if dateline := _DATELINE.search(token):
        stems = [token[:end] for end in range(2, dateline.start() - 1) if is_name(token[:end])]
        return max(stems, key=lambda stem: (len(stem) == USUAL_NAME, len(stem)), default=None)
    verb = _GLUED_VERB.search(token)
    stem = token[: verb.start()] if verb else token
    return stem if verb and is_name(stem) and (verb.group() in _SURE_VERBS or not is_name(token)) else None


@lru_cache(maxsize=1024)  # the same lines are asked for by several fields
def read_byline(line: str) -> tuple[str, ...] | None:
    """The names of a line that is nothing but a byline; None where it is anything else or a photo credit.

    >>> read_byline("文/图 半岛记者 韩小禾 实习生迟珺怡 通讯员 侯禾 崔倩男 报道")
    ('韩小禾', '迟珺怡', '侯禾', '崔倩男')
    >>> read_byline("□本报记者 苗禾"), read_byline("青石报/青石网记者 李禾 梁玉")
    (('苗禾',), ('李禾', '梁玉'))
    >>> read_byline("本报记者 张晓禾 摄"), read_byline("记者在现场看到,苗禾正在施工")
    (None, None)
    """
    if not _MAYBE.search(line):
        return None
    text = fold(_tidy(line)).strip("□■●◆◇▲△◎○★☆*▌▍◤- ")
    text = text.strip("()[]【】〔〕「」<>《》 ") if text[:1] in "([【〔<" else text
    if not 2 <= len(text) <= MAX_BYLINE:
        return None
    roles = list(ROLE.finditer(text))
    if not roles:
        return _unlabelled(text)
    if not _is_affiliation(text[: roles[0].start()]):
        return None
    found: list[str] = []
    for place, role in enumerate(roles):
        last = place + 1 == len(roles)
        names, rest = read_names(text[role.end() : None if last else roles[place + 1].start()])
        if _CREDIT.match(rest) or _PICTURES.search(text[roles[place - 1].end() if place else 0 : role.start()]):
            continue
        if not (_VERB.match(rest) if last else _is_affiliation(rest)):
            return None
        found += names
    return tuple(dict.fromkeys(found)) or None


def read_broken_byline(line: str, following: str) -> tuple[str, ...] | None:
    """The names of a byline over two lines: the role ends the first, the second is names alone.

    >>> read_broken_byline("月牙日报记者", "苗禾 李禾"), read_broken_byline("记者", "苗禾说,渠修好了")
    (('苗禾', '李禾'), None)
    """
    role = ROLE.search(line) if len(line) <= MAX_ROLE_LINE else None
    if role is None or line[role.end() :].strip(" :/|") or read_signature(following) is None:
        return None
    return read_byline(f"{line} {following}")


def read_signature(text: str) -> tuple[str, ...] | None:
    """The names that a text, the inside of a bracket, is made of; None where it holds anything else.

    >>> read_signature("刘 腾"), read_signature("宋禾、李小禾"), read_signature("完")
    (('刘腾',), ('宋禾', '李小禾'), None)
    """
    names, rest = read_names(text)
    return tuple(names) if 0 < len(names) <= MAX_SIGNERS and not rest else None


def is_credit(rest: str) -> bool:
    """Whether what stands behind names says that they took the picture: `摄`, `供图`."""
    return _CREDIT.match(rest) is not None


MAX_SIGNERS = 3
"""More names in a bracket are a list of people."""
MAX_ROLE_LINE = 20
"""Characters of an outlet with a role."""
MAX_BYLINE = 80
"""Characters. A longer line is prose; eight names with two roles and two outlets stay below."""


def _is_affiliation(text: str) -> bool:
    """What may stand before a role: an outlet, 本报, 全媒体, 文/图; no sentence."""
    return len(text) <= 30 and not re.search(r"[。!?!?:;“”\"]|[,，](?=.*[,，])|看到|表示|获悉|了解", text.rstrip(": "))


def _unlabelled(text: str) -> tuple[str, ...] | None:
    """`文/图 苗禾 李禾`, `苗禾 文/图`, `苗禾 报道`: names with a verb of writing, no role."""
    head = re.match(r"^(?:图文|文图|文|撰文|采写|采写/摄影)\s*[/:| ]\s*", text)
    names, rest = read_names(text[head.end() :] if head else text)
    if not names or _CREDIT.match(rest):
        return None
    if head and (not rest or _VERB.match(rest)):
        return tuple(names)
    tail = re.match(r"^/?\s*(?:文图|图文|文并摄|摄影报道|报道|報導|采写|撰文|文)\s*$", rest)
    return tuple(names) if tail else None
