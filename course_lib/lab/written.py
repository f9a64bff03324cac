"""Texts that a student writes: counted, and kept in a file as they are typed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.lab import progress
from course_lib.lab.alone import alone
from course_lib.sentence import count_words, counted, listed

FILE_NAME = "my_writing.json"


@dataclass(frozen=True)
class Field:
    """One place to write in.

    Parameters
    ----------
    label : str
        What it is for.
    asks : str
        What is to be written.
    lines : int
        Its height. One line is for a name: it has no word count.
    least_words : int
        Fewer words than this can hardly answer it.
    """

    label: str
    asks: str = ""
    lines: int = 6
    least_words: int = 0


class Written(Mapping[str, str]):
    """What `Writing` is without a page: texts by the names of their fields, kept in a file.

    Its parameters are those of `Writing`.
    """

    def __init__(
        self,
        name: str,
        title: str,
        fields: Mapping[str, Field],
        does: tuple[str, Callable[[Mapping[str, str]], Any]] | None = None,
    ):
        self.name = name
        self.title = title
        self.fields = dict(fields)
        self.does = does
        kept, self.problem = _read(name)
        self._texts = {one: str(kept.get(one, "")) for one in self.fields}

    def __getitem__(self, field: str) -> str:
        return self._texts[field]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    @alone
    def write(self, field: str, text: str) -> None:
        """Put a text into a field, in place of what is there."""
        if field not in self.fields:
            raise ValueError(f"There is no field {field!r}: choose one of {listed(self.fields)}.")
        self._texts[field] = text
        self.problem = _keep(self.name, field, text)

    def said(self, field: str) -> str:
        """How much a field holds, and where it is kept."""
        text = self._texts[field]
        if self.problem:
            return self.problem
        if not text.strip():
            return "Empty."
        file = _file()
        kept = f" Kept in {file.name}." if file else ""
        if self.fields[field].lines == 1:
            return kept.strip()
        words = count_words(text)
        least = self.fields[field].least_words
        short = f" Fewer than {least} can hardly answer it." if words < least else ""
        return f"{counted(words, 'word')}.{short}{kept}"

    def __repr__(self) -> str:
        parts = []
        for name, field in self.fields.items():
            text = self._texts[name].strip()
            amount = text if field.lines == 1 else counted(count_words(text), "word")
            parts.append(f"{field.label}: {amount if text else 'empty'}")
        return f"{self.title}. {'; '.join(parts)}."


def _file() -> Path | None:
    """Beside the student's progress, or nowhere."""
    beside = progress.progress_file()
    return beside and beside.with_name(FILE_NAME)


def _read(name: str) -> tuple[dict[str, Any], str]:
    """What is kept under a name, and a sentence if it cannot be read."""
    file = _file()
    try:
        everything = json.loads(file.read_text("utf-8")) if file else {}
        kept = everything.get(name, {})
        return (kept, "") if isinstance(kept, dict) else ({}, "")
    except FileNotFoundError:
        return {}, ""
    except (OSError, ValueError, AttributeError):
        return {}, (
            f"{FILE_NAME} cannot be read, so nothing is kept: give it another name, then run this "
            "cell again."
        )


def _keep(name: str, field: str, text: str) -> str:
    """Keep one text; a sentence if that is not possible.

    The file is read again first: another lesson, or the same one in a second window, may have
    written into it since.
    """
    file = _file()
    if file is None:
        return ""
    kept, problem = _read(name)
    if problem:
        return problem
    try:
        everything = json.loads(file.read_text("utf-8")) if file.exists() else {}
        everything[name] = {**kept, field: text}
        content = json.dumps(everything, ensure_ascii=False, indent=1)
        new = file.with_name(f"{file.name}.new")
        new.write_text(content, "utf-8", errors="replace")
        os.replace(new, file)  # at once: a crash leaves the old file or the new one
    except OSError as error:
        return (
            f"What you write here is not kept ({error.strerror}): check that you may write in this "
            "folder, and copy your text to be safe."
        )
    return ""
