"""What the course computes, as lines of JSON: the same program runs here and in Pyodide.

Every lab at its default, at the setting that its prediction asks about, and at each control's ends;
every table; the personal numbers and the judge's inputs of every question.

    python values.py FOLDER FILE
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import course_lib

STUDENTS = ("s1001", "s1002")


def plain(value: Any) -> Any:
    """A result as numbers, texts, lists and dictionaries; decimals with all their digits."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | int | str | float):
        return value
    if isinstance(value, np.ndarray):
        return [value.dtype.name, list(value.shape), [plain(one) for one in value.ravel().tolist()]]
    if isinstance(value, pd.DataFrame):
        columns = {str(name): plain(value[name]) for name in value}
        return {"columns": columns, "index": plain(value.index)}
    if isinstance(value, pd.Series | pd.Index):
        return plain(value.to_numpy())
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return {field.name: plain(getattr(value, field.name)) for field in fields}
    return type(value).__name__


def makers() -> Iterator[tuple[str, Callable[[], Any]]]:
    """What makes each lab. Other packages, as the commands, need what a browser lacks."""
    for file in sorted(Path(course_lib.__path__[0]).glob("*/labs.py")):
        room = file.parent.name
        for name, make in vars(import_module(f"course_lib.{room}.labs")).items():
            if name.endswith("_lab"):
                yield f"{room}.{name}", make


def labs(put: Callable[[str, Callable[[], Any]], None]) -> None:
    for name, make in makers():
        lab: Any = make()
        put(name, lambda lab=lab: [lab.sentence, lab.to_frame(), lab.result])
        if lab.predict:
            put(f"{name}, settled", lambda lab=lab: [lab.settle(), lab.sentence, lab.result])
        for control, kind in lab.controls.items():
            for end in kind.extremes():

                def there(lab: Any = lab, control: str = control, end: Any = end) -> Any:
                    lab.reset().set(**{control: end})
                    return [lab.sentence, lab.to_frame()]

                put(f"{name}, {control} = {end}", there)


def tables(put: Callable[[str, Callable[[], Any]], None]) -> None:
    from course_lib import datasets

    others = ("Card", "DataFileError", "check_files", "describe")
    for name in datasets.__all__:
        if name not in others:
            put(f"table {name}", getattr(datasets, name))


def tasks(put: Callable[[str, Callable[[], Any]], None]) -> None:
    from course_lib.exercises import SETS, exercise_set

    for name in SETS:
        whole = exercise_set(name)
        for student in STUDENTS:
            for question in whole.questions:

                def asked(whole: Any = whole, q: str = question.name, s: str = student) -> Any:
                    task = whole.task(q, s, "a class")
                    words = whole.question(q).text(task)
                    return [dict(task), words, whole.inputs(q, s, "a class", "secret")]

                put(f"{name}, {question.name}, {student}", asked)


def main(folder: str, file: str) -> None:
    """Write everything into the file of this name in the folder."""
    warnings.simplefilter("ignore")
    os.environ["COURSE_PROGRESS"] = "off"
    with (Path(folder) / file).open("w") as lines:

        def put(name: str, make: Callable[[], Any]) -> None:
            try:
                value = plain(make())
            except Exception as error:
                value = f"{type(error).__name__}: {error}"
            lines.write(json.dumps([name, value]) + "\n")

        for kind in (labs, tables, tasks):
            kind(put)


if __name__ == "__main__":
    main(*sys.argv[1:])
