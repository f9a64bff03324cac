"""Formulas in a page as MathML: a browser sets it by itself and loads nothing from elsewhere."""

from __future__ import annotations

import html
import re

import nh3

#: Where no formula is looked for: code, and what is inside a tag.
KEPT = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>|<style\b.*?</style>|<script\b.*?</script>"
                  r"|<textarea\b.*?</textarea>|<[^>]*>)", re.DOTALL | re.IGNORECASE)  # fmt: skip
FORMULA = re.compile(
    r"\$\$(?P<display>[^$]{1,4000})\$\$"
    r"|(?<![\\$\w])\$(?P<inline>[^\s$](?:[^$\n]{0,1000}[^\s$\\])?)\$(?![\d$])"
)
TAGS = set(
    re.findall(
        r"\w+",
        "math mrow mi mo mn ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover "
        "munderover mmultiscripts mprescripts none mtable mtr mtd mstyle mpadded mphantom menclose",
    )
)
ATTRIBUTES = {"math": {"display"}, "mo": {"stretchy"}, "mi": {"mathvariant"}}
MOST = 2_000  # formulas in one page
MOST_CHARACTERS = 60_000  # of formulas in one page: what is hostile takes long to convert
#: nbconvert's template asks for MathJax from elsewhere.
FROM_ELSEWHERE = re.compile(
    r"<!-- Load mathjax -->.*?<!-- End of mathjax configuration -->"
    r"|<script\b[^>]*\bsrc\s*=\s*[\"']?(?:https?:)?//[^>]*>\s*</script>"
    r"|<link\b[^>]*\bhref\s*=\s*[\"']?(?:https?:)?//[^>]*>",
    re.DOTALL | re.IGNORECASE,
)


def without_loading(page: str) -> str:
    """A page whose formulas are MathML, and that loads no script and no style from elsewhere.

    Examples
    --------
    >>> without_loading('<script src="https://example.org/a.js"></script><p>$a$ and 5 $</p>')
    '<p><math display="inline"><mrow><mi>a</mi></mrow></math> and 5 $</p>'
    """
    page = FROM_ELSEWHERE.sub("", page)
    parts = KEPT.split(page)
    formulas, characters = 0, 0

    def shown(found: re.Match[str]) -> str:
        nonlocal formulas, characters
        formulas, characters = formulas + 1, characters + len(found[0])
        return found[0] if formulas > MOST or characters > MOST_CHARACTERS else _set(found)

    for at in range(0, len(parts), 2):  # between the tags
        if "$" in parts[at]:
            parts[at] = FORMULA.sub(shown, parts[at])
    return "".join(parts)


def _set(found: re.Match[str]) -> str:
    """One formula; where it cannot be read it stays as it was typed."""
    from latex2mathml.converter import convert

    tex = html.unescape(found["display"] or found["inline"]).strip()
    tex = tex.replace("<", r"\lt ").replace(">", r"\gt ")
    try:
        made = convert(tex, display="block" if found["display"] else "inline")
    except Exception:  # a student may type anything between two dollar signs
        return found[0]
    # The converter writes what it does not know into its result as it is.
    clean = nh3.clean(
        made, tags=TAGS, attributes=ATTRIBUTES, clean_content_tags={"script", "style"}
    )
    return clean if clean.startswith("<math") else found[0]
