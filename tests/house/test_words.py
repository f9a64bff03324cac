"""Code and comments use the exact technical term; everyday words are for what students read.

The list is short: words that stood for something that engineering has a word for.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "course_lib"
FILES = sorted(PACKAGE.rglob("*.py"))

#: Parts of identifiers that are refused, and the word to use.
IDENTIFIERS = {
    "signs": "characters",
    "programs": "processes or executables",
    "lives": "exists",
    "hair": "tolerance",
    # abbreviations that save three letters and cost a second look
    "cnt": "count",
    "idx": "index",
    "tmp": "temporary",
    "cfg": "config",
    "arr": "array",
    "lst": "a plural",
    "obj": "what it is",
    "fn": "function",
    "elem": "element",
    "mgr": "manager",
}
#: Comments that are refused. A sum has a sign, and a linear program is one.
COMMENTS = {
    r"(?<!dollar )\bsigns\b": "characters",
    r"(?<!linear )\bprograms\b": "processes or executables",
}
EXEMPT = {"linear_programs"}
#: What the first argument of these is, it has to be called; "argv" and "command" are the same.
ARGUMENTS = {
    "pid_exists": r"pid",
    "Process": r"pid",
    "kill": r"pid",
    "killpg": r"pid|pgid",
    "Popen": r"command|argv",
    "run": r"command|argv",
    "check_call": r"command|argv",
}
#: What is assigned from these has to be called.
ASSIGNED = {"sha256": r"digest|hash", "md5": r"digest|hash", "StringIO": r"(?!words)\w+"}


def parts(name: str) -> set[str]:
    return set(name.lower().split("_"))


def refused(path: Path) -> Iterator[str]:
    """What of a file's identifiers and comments is refused, each with its line."""
    text = path.read_text("utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        at = f"{path.relative_to(PACKAGE.parent).as_posix()}:{token.start[0]}"
        if token.type == tokenize.NAME and token.string not in EXEMPT:
            for part in parts(token.string) & IDENTIFIERS.keys():
                yield f"{at}: {token.string}: say {IDENTIFIERS[part]}"
        if token.type == tokenize.COMMENT:
            for pattern, instead in COMMENTS.items():
                if re.search(pattern, token.string):
                    yield f"{at}: {token.string}: say {instead}"
    for node in ast.walk(ast.parse(text)):
        at = f"{path.relative_to(PACKAGE.parent).as_posix()}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Name):
            # psutil.Process and os.kill, but no method of a process that takes no such argument
            module = getattr(getattr(node.func, "value", None), "id", "")
            wanted = ARGUMENTS.get(getattr(node.func, "attr", ""))
            name = node.args[0].id
            if module in ("os", "psutil", "subprocess") and wanted and not re.search(wanted, name):
                yield f"{at}: {module}.{node.func.attr}({name}): say {wanted}"  # type: ignore[attr-defined]
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            wanted = ASSIGNED.get(getattr(node.value.func, "attr", ""))
            for target in node.targets:
                if wanted and isinstance(target, ast.Name) and not re.fullmatch(wanted, target.id):
                    yield f"{at}: {target.id} = {ast.unparse(node.value)}: say {wanted}"


def test_identifiers_and_comments_use_the_exact_term() -> None:
    assert [line for path in FILES for line in refused(path)] == []


@pytest.mark.parametrize(
    "code",
    [
        "MOST_SIGNS = 3",
        "x = 3  # signs of text",
        "psutil.Process(number)",
        "subprocess.run(words)",
        "found = hashlib.sha256()",
        "words = io.StringIO()",
        "below(programs)",
        "for idx in range(3): pass",
    ],
)
def test_the_list_finds_them(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "course_lib" / "a.py"
    path.parent.mkdir()
    path.write_text(f"{code}\n", "utf-8")
    monkeypatch.setattr(f"{__name__}.PACKAGE", path.parent)
    assert len(list(refused(path))) == 1
