"""What a code cell says, read from its syntax tree: never from its text, which holds comments too.

A cell that is no Python gives nothing here: it cannot run either.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

MAGIC = re.compile(r"[ \t]*[%!]")
LONGEST = 500_000  # characters of a cell that are parsed
#: Modules of `course_lib.exercises` that know no answer.
HARMLESS = {"course_lib.exercises.variants", "course_lib.exercises.variants.Draws"}
#: Names of `course_lib.exercises` that a notebook may import.
OPEN_NAMES = {"personal_set", "PRACTICE", "variants", "PersonalSet"}
OF_EXERCISES = re.compile(r"course_lib\.exercises(?:\.\w{1,80}){1,3}")
#: Methods of a personal set, or of what it is made of, that answer in place of the student.
OF_MINE = {"marks", "exercise_set", "_holds", "_inputs", "__dict__"}
ANYWHERE = {"exercise_set", "judge", "__code__", "gi_frame"}
LOOKS = {"getattr", "vars", "dir", "hasattr", "setattr", "attrgetter", "methodcaller"}
FETCHES = {
    "import_module",
    "__import__",
    "find_spec",
    "get",
    "pop",
    "setdefault",
    "putenv",
    "run_module",
}
RUNS = {"exec", "eval", "run_cell"}
RUN = "NBGRADER_EXECUTION"  # by which a notebook knows that it is graded


@lru_cache(maxsize=256)
def parsed(source: str) -> ast.Module | None:
    """The syntax tree of a cell, without its magics; None if it is no Python.

    Examples
    --------
    >>> [type(one).__name__ for one in parsed("%matplotlib inline\\nx = 1").body]
    ['Pass', 'Assign']
    >>> parsed("a word in English")
    """
    if len(source) > LONGEST:
        return None
    if source.lstrip().startswith("%%"):
        source = "\n" + source.lstrip().partition("\n")[2]
    lines = [_without_magic(line) for line in source.split("\n")]
    try:
        return ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _without_magic(line: str) -> str:
    """The line, or one that does nothing in its place: a magic is no Python."""
    if not MAGIC.match(line):
        return line
    return f"{line[: len(line) - len(line.lstrip())]}pass"


def gives(source: str, name: str) -> bool:
    """Whether a cell gives a name its value: ``theil = ...``, ``def theil``, ``import theil``.

    Examples
    --------
    >>> gives("# theil = 1\\ntheil == 2", "theil"), gives("def theil(x):\\n    return x", "theil")
    (False, True)
    """
    tree = parsed(source)
    return tree is not None and any(name in _names_given(node) for node in ast.walk(tree))


def is_of_a_lesson(source: str) -> bool:
    """Whether a cell opens what lessons are made of: labs, charts and questions of the course."""
    tree = parsed(source)
    return tree is not None and any(
        isinstance(node, ast.ImportFrom)
        and str(node.module).startswith("course_lib")
        and (node.module == "course_lib.lab" or any(one.name == "labs" for one in node.names))
        for node in ast.walk(tree)
    )


def _names_given(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.alias):
        yield node.asname or node.name


def with_student(source: str, student: str) -> tuple[str, str, bool]:
    """A cell in which ``STUDENT`` has the right number, and what stood there before.

    All else in the cell stays: imports, comments, other lines.

    Parameters
    ----------
    source : str
        The cell.
    student : str
        The student number.

    Returns
    -------
    tuple of str, str, bool
        The cell; the number that was written, empty if there was none; and whether the number
        is sure to be in force after the cell.

    Examples
    --------
    >>> with_student('import numpy as np\\nSTUDENT = "a1"  # my number', "b2")
    ('import numpy as np\\nSTUDENT = "b2"  # my number', 'a1', True)
    """
    tree, wrote, lines, whole = parsed(source), "", source.split("\n"), False
    if not source.strip():
        return f'STUDENT = "{student}"', "", True
    for value in reversed(list(_values_of_student(tree)) if tree else []):
        wrote = _written(value) or wrote
        lines = _replaced(lines, value, f'"{student}"')
        whole = whole or value in _top_values(tree)
    if tree is None:  # an open quotation mark, for one
        for at, line in enumerate(lines):
            name, _, value_text = line.partition("=")
            if name.strip() == "STUDENT" and not value_text.startswith("="):
                wrote = value_text.partition("#")[0].strip().strip("\"'")
                lines[at], whole = f'STUDENT = "{student}"', True
    return "\n".join(lines), wrote[:60], whole


def assigns_student(source: str) -> bool:
    """Whether a cell has a line ``STUDENT = ...``."""
    tree = parsed(source)
    if tree is not None:
        return any(True for _ in _values_of_student(tree))
    return any(line.partition("=")[0].strip() == "STUDENT" for line in source.split("\n"))


def _values_of_student(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        if any(isinstance(one, ast.Name) and one.id == "STUDENT" for one in targets):
            value = node.value  # type: ignore[attr-defined]
            if value is not None:
                yield value


def _top_values(tree: ast.Module | None) -> list[ast.expr | None]:
    body = tree.body if tree else []
    return [node.value for node in body if isinstance(node, ast.Assign | ast.AnnAssign)]


def _written(value: ast.expr) -> str:
    try:
        return str(ast.literal_eval(value)).strip()
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return ""


def _replaced(lines: list[str], value: ast.expr, by: str) -> list[str]:
    """The lines with another text in place of one value: its offsets count bytes of UTF-8."""
    first, last = value.lineno - 1, (value.end_lineno or value.lineno) - 1
    before = lines[first].encode()[: value.col_offset].decode()
    after = lines[last].encode()[value.end_col_offset or 0 :].decode()
    return [*lines[:first], f"{before}{by}{after}", *lines[last + 1 :]]


def asks_the_judge(source: str) -> str:
    """How a cell asks the judge, who lies in every copy of the course; empty if it does not.

    Comments, sentences in quotation marks and other objects that have ``marks`` are no question.

    Examples
    --------
    >>> asks_the_judge("import course_lib.exercises as E; E.exercise_set('01')")
    'exercise_set'
    >>> asks_the_judge("# see course_lib.exercises.measuring_regions")
    ''
    """
    if len(source) > LONGEST:
        return "a cell that is too long to be read"
    tree = parsed(source)
    return _asks(tree, depth=0) if tree else ""


def _asks(tree: ast.AST, depth: int) -> str:
    mine = {"mine"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _is_mine(node.value, mine):
            mine |= {one.id for one in node.targets if isinstance(one, ast.Name)}
    for node in ast.walk(tree):
        if found := _one_question(node, mine, depth):
            return found
    return ""


def _one_question(node: ast.AST, mine: set[str], depth: int) -> str:
    if isinstance(node, ast.Import):
        return next((one.name for one in node.names if _knows(one.name)), "")
    if isinstance(node, ast.ImportFrom) and node.module:
        if _knows(node.module):
            return node.module
        if node.module == "course_lib.exercises":
            return next((one.name for one in node.names if one.name not in OPEN_NAMES), "")
    if isinstance(node, ast.Attribute):
        if node.attr in ANYWHERE or (node.attr in OF_MINE and _is_mine(node.value, mine)):
            return node.attr
        name = _dotted(node)
        if _knows(name) and not name.endswith((".personal_set", ".PRACTICE")):
            return name
    if isinstance(node, ast.Call):
        return _one_call(node, mine, depth)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        text = str(node.slice.value)
        return text if text == RUN or _knows(text) else ""
    return ""


def _one_call(node: ast.Call, mine: set[str], depth: int) -> str:
    called = _dotted(node.func).rpartition(".")[2]
    if called in LOOKS and node.args and _is_mine(node.args[0], mine):
        return f"{called} of the personal set"
    if any(one.arg == RUN for one in node.keywords):
        return RUN
    for text in _texts(node):
        if called in RUNS and depth < 3:
            inside = parsed(text)
            if inside is not None and (found := _asks(inside, depth + 1)):
                return found
        if (called in LOOKS and text in ANYWHERE) or (
            called in FETCHES and (text == RUN or _knows(text))
        ):
            return text
    return ""


def _knows(module: str) -> bool:
    """Whether a module of the course holds questions, answers, or the judge."""
    return OF_EXERCISES.fullmatch(module) is not None and module not in HARMLESS


def _is_mine(node: ast.expr, mine: set[str]) -> bool:
    if isinstance(node, ast.Call):
        return _dotted(node.func).rpartition(".")[2] in ("personal_set", "PersonalSet")
    return isinstance(node, ast.Name) and node.id in mine


def _dotted(node: ast.AST) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _texts(call: ast.Call) -> list[str]:
    given = [*call.args, *(one.value for one in call.keywords)]
    return [
        one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


#: A backend of matplotlib that needs a window or a browser of its own.
BACKEND = re.compile(r"^[ \t]*%matplotlib[ \t]+(?!inline|agg)(\w{1,20})", re.MULTILINE)


def elsewhere(source: str) -> list[str]:
    r"""What a cell asks for that is not on the computer that marks; it does nothing there.

    Examples
    --------
    >>> elsewhere("%matplotlib widget\nimport os\nfrom google.colab import drive\nos.chdir('a')")
    ['%matplotlib widget', 'google.colab', 'os.chdir']
    >>> elsewhere("# import google.colab\nimport numpy")
    []
    """
    found = [f"%matplotlib {name}" for name in BACKEND.findall(source)[:3]]
    tree = parsed(source)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.ImportFrom):
            names = [str(node.module)]
        elif isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "os.chdir":
            found.append("os.chdir")
            continue
        else:
            continue
        for name in names:
            found += [one for one in ("google.colab", "ipympl") if f"{name}.".startswith(f"{one}.")]
    return list(dict.fromkeys(found))


def is_prose(source: str) -> bool:
    """Whether a code cell holds an answer in words: a sentence typed into a cell of the wrong type.

    Examples
    --------
    >>> is_prose("The index fell from 0.15 to 0.08 because the coast lost weight."), is_prose("x=1")
    (True, False)
    """
    text = source[:20_000]
    # Where words are not divided by blanks, two characters are about one.
    words = (
        len(re.findall(r"[^\W\d_]+", text))
        + len(re.findall("[\u3040-\u9fff\uac00-\ud7af]", text)) // 2
    )
    if words < 4:
        return False
    tree = parsed(source)
    if tree is None or not tree.body:  # no Python, or comments alone, which may be code
        return words >= 8 * (1 + len(re.findall(r"[=()\[\]{}]", text)))
    return all(_is_words(node) for node in tree.body)


def _is_words(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Expr):
        return False
    value = node.value
    if isinstance(value, ast.Call) and _dotted(value.func) == "print":
        return bool(value.args) and all(
            isinstance(one, ast.Constant) and isinstance(one.value, str) for one in value.args
        )
    return isinstance(value, ast.Constant) and isinstance(value.value, str)
