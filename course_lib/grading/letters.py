"""In which encoding a class list was saved: read right, or refused, never guessed in silence.

UTF-8 and UTF-16 say what they are. The older encodings do not: the same bytes are ``Dvořák`` in one
and ``Dvoøák`` in another. So a text is read in each of them, readings that cannot be names are left
out, and what remains has to agree.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from course_lib.errors import CourseError

HOW_TO_SAVE = 'Save the class list as "CSV UTF-8", or as an Excel workbook (.xlsx), and try again.'

WESTERN = (
    "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíóúñü", "áâãàçéêíóôõúü", "àèéìíîòóùú", "åäöéüšž", "æøåéöäüô",
    "áéëïíóöüèäúû", "áðéíóúýþæö", "àçéèíïóòúü", "äöüõšž",
)  # fmt: skip
CENTRAL = (
    "äöüß", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíľňóôšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "çë",
)  # fmt: skip
TURKISH = ("çğıöşüâîûi̇",)
BALTIC = ("äöüß", "ąčęėįšųūž", "āčēģīķļņšūž", "äöüõšž")
# Without õ: Excel's "CSV (MS-DOS)" writes it where the usual Western encoding has ä.
DOS = ("äöüß", "àâæçéèêëîïôùûüÿ", "áéíóúñü", "åäöé", "æøåéöäü")
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ"
CYRILLIC_VOWELS = "аеёиоуыэюяіїє"
GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋ"
GREEK_VOWELS = "αεηιουωάέήίόύώϊϋ"
# The most frequent family names, by their first character.
CHINESE = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇呂盧鍾譚陸賈韋鄒龍賀顧龔萬錢嚴湯歐莊游"
)
JAPANESE = set("佐鈴高田伊渡山中小加吉斎斉松井木林清池橋阿石森岡後近長村藤遠青坂福太西三原岩金和安")
KOREAN = set(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허남심노하곽성차주우구민유나진지엄채원천"
)

PUNCTUATION = set("’‘–")  # may stand inside a name
AROUND = set("“”„—§°€\u00a0")  # may stand beside a word, in a title line


@dataclass(frozen=True)
class Encoding:
    """One of the encodings that do not say what they are.

    Attributes
    ----------
    name : str
        As Python calls it.
    words : str
        As a person may know it.
    plausible : callable
        Whether a text read in it can hold names.
    """

    name: str
    words: str
    plausible: Callable[[str], bool]


def decoded(content: bytes, name: str, encoding: str = "") -> tuple[str, str]:
    """The text of a class list, and the encoding in which it was read.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, for sentences.
    encoding : str
        The encoding, if a person knows it.

    Returns
    -------
    text, encoding : str

    Raises
    ------
    CourseError
        If the letters cannot be told with certainty.

    Examples
    --------
    >>> decoded("id;name\\n1;Dvořáková, Šárka".encode("cp1250"), "list.csv")[1]
    'cp1250'
    """
    if encoding:
        return _as_told(content, name, encoding), encoding
    if found := _unicode(content):
        text, used = found
    else:
        text, used = _older(content, name)
    text = text.lstrip("\ufeff")
    if "\ufffd" in text or GARBLED.search(text):
        lost = next(line for line in text.splitlines() if "\ufffd" in line or GARBLED.search(line))
        raise CourseError(
            f"In {name} letters were lost when it was saved, for example here: {lost.strip()[:80]} "
            "Export it again from your platform."
        )
    return text, used


#: What UTF-8 becomes when a program takes it for Windows-1252 and saves it again.
GARBLED = re.compile(r"[ÃÅÄ][\u0080-\u00bf‚„…†‡‰‹‘’“”•–—™›œžŸŠŒŽ]|â€™|[åæçèé][\u0080-\u00bf]{2}")


def _as_told(content: bytes, name: str, encoding: str) -> str:
    try:
        codecs.lookup(encoding)
        return content.decode(encoding).lstrip("\ufeff")
    except LookupError as error:
        raise CourseError(
            f"There is no encoding {encoding!r}. Some are: {', '.join(map(_name, OLDER))}, utf-16."
        ) from error
    except ValueError as error:
        raise CourseError(f"{name} was not saved in the encoding {encoding}.") from error


def _unicode(content: bytes) -> tuple[str, str] | None:
    """The text, if the file says what it is or can be nothing else."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    tries = ["utf-16"] if marked else []
    if not marked and b"\0" in content[:2000]:  # without a mark: every other byte is 0
        tries = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    for encoding in tries or ["utf-8-sig"]:
        try:
            text = content.decode(encoding)
        except ValueError:
            continue
        if "\0" not in text:
            return text, encoding.removesuffix("-sig")
    return None


def _older(content: bytes, name: str) -> tuple[str, str]:
    readings: dict[str, str] = {}
    for encoding in OLDER:
        try:
            text = content.decode(encoding.name)
        except ValueError:
            continue
        if encoding.plausible(text):
            readings.setdefault(text, encoding.name)
    if len(readings) == 1:
        return next(iter(readings.items()))
    if not readings:
        raise CourseError(
            f"The letters of {name} cannot be read: it was saved in an encoding that is not known. "
            f"{HOW_TO_SAVE}"
        )
    (one, first), (other, second) = list(readings.items())[:2]
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    here, there = next((pair for pair in pairs if pair[0] != pair[1]), (one, other))
    raise CourseError(
        f"{name} does not say how its letters were saved. Is it {here.strip()[:60]!r}, or "
        f"{there.strip()[:60]!r}? For the first add --encoding {first}, for the second --encoding "
        f"{second}. Or: {HOW_TO_SAVE}"
    )


# --- what can be a name


def _latin(alphabets: tuple[str, ...]) -> Callable[[str], bool]:
    sets = [set(letters) for letters in alphabets]

    def plausible(text: str) -> bool:
        return _bare(text) and _few_accents(text) and all(_word(word, sets) for word in words(text))

    return plausible


def words(text: str) -> list[str]:
    """The words of a text that hold a letter beyond A to Z.

    Examples
    --------
    >>> words("s1;Ångström;Bo")
    ['Ångström']
    """
    return [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]


def _word(word: str, alphabets: list[set[str]]) -> bool:
    """Whether all letters of a word are in one language, and its capitals where they may be."""
    strange = {char for char in word.lower() if not char.isascii()}
    if not any(strange <= letters for letters in alphabets):
        return False
    if re.search(r"(?<![aeiouyäöü])ß", word.lower()):
        return False
    return not _wrong_capital(word)


def _wrong_capital(word: str) -> bool:
    """A capital inside a word is usual in McDonald, and not where an accent is at that place."""
    if word.isupper():
        return False
    return any(
        after.isupper() and not (after.isascii() and (before.isascii() or before.isupper()))
        for before, after in pairwise(word)
    )


def _bare(text: str) -> bool:
    """Whether what is no letter stands where it may stand."""
    for at, char in enumerate(text):
        if char.isascii() or (char.isalpha() and unicodedata.category(char) != "Lo"):
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if char in PUNCTUATION:
            continue
        inside = before.isalpha() and after.isalpha() and not (char == "\u00a0" and after.isupper())
        if char not in AROUND or inside:
            return False
    return True


def _few_accents(text: str) -> bool:
    """A word in Latin letters has more plain letters than others, over a whole list."""
    letters = "".join(words(text))
    return sum(not char.isascii() for char in letters) <= len(letters) / 2


def _script(letters: str, vowels: str) -> Callable[[str], bool]:
    def plausible(text: str) -> bool:
        found = words(text)
        if not found or any(set(word.lower()) - set(letters) for word in found):
            return False
        # A list is written in capitals, or it is not; and ς ends a word.
        capitals = {word.isupper() for word in found if len(word) > 1}
        if len(capitals) > 1 or any(_wrong_capital(word) or "ς" in word[:-1] for word in found):
            return False
        if not all(
            char.isascii() or char.isalpha() or char in PUNCTUATION | AROUND for char in text
        ):
            return False
        joined = "".join(found).lower()
        begins_large = sum(word[0].isupper() for word in found)
        share = sum(char in vowels for char in joined) / len(joined)
        return begins_large >= 0.6 * len(found) and 0.25 <= share <= 0.65

    return plausible


def _family_names(first: set[str], other: str) -> Callable[[str], bool]:
    """East Asian lists: words of one script, a good part of which begin with a family name."""

    def plausible(text: str) -> bool:
        found = words(text)
        if not found or any(not re.fullmatch(other, word) for word in found):
            return False
        body = words(text.lstrip().partition("\n")[2]) or found
        return sum(word[0] in first for word in body) >= 0.3 * len(body)

    return plausible


HAN = r"[\u4e00-\u9fff]+"
OLDER = (
    Encoding("cp1252", "Windows, Western Europe", _latin(WESTERN)),
    Encoding("cp1250", "Windows, Central Europe", _latin(CENTRAL)),
    Encoding("cp1254", "Windows, Turkish", _latin(TURKISH)),
    Encoding("cp1257", "Windows, Baltic", _latin(BALTIC)),
    Encoding("mac_roman", "older Macs", _latin(WESTERN)),
    Encoding("mac_latin2", "older Macs, Central Europe", _latin(CENTRAL)),
    Encoding("cp850", "DOS", _latin(DOS)),
    Encoding("cp1251", "Windows, Cyrillic", _script(CYRILLIC, CYRILLIC_VOWELS)),
    Encoding("koi8-r", "Unix, Cyrillic", _script(CYRILLIC, CYRILLIC_VOWELS)),
    Encoding("cp1253", "Windows, Greek", _script(GREEK, GREEK_VOWELS)),
    Encoding("gb18030", "Chinese, simplified", _family_names(CHINESE, HAN)),
    Encoding("cp950", "Chinese, traditional", _family_names(CHINESE, HAN)),
    Encoding("cp932", "Japanese", _family_names(JAPANESE, r"[\u3040-\u30ff\u4e00-\u9fff々]+")),
    Encoding("cp949", "Korean", _family_names(KOREAN, r"[\uac00-\ud7a3]+")),
)


def _name(encoding: Encoding) -> str:
    return encoding.name


def spoken(encoding: str) -> str:
    """An encoding as it is named to a teacher.

    Examples
    --------
    >>> spoken("cp1252")
    'cp1252 (Windows, Western Europe)'
    """
    known = {one.name: f"{one.name} ({one.words})" for one in OLDER}
    return known.get(encoding, encoding.upper())
