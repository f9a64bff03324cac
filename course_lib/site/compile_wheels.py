"""Put byte code into the wheels of a folder: run by the Python for which it is made.

Run as a program by a Python of Pyodide's own version, or by Pyodide itself under Node. So it uses
the standard library alone, and imports nothing of the course.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
import warnings
import zipfile

#: Of this library the sources stay too: a student's error shows them, and `??` reads them.
OURS = "regional_development_course"
#: Read as text by the completion of names, and never run.
AS_TEXT = "jedi/third_party/"
UNCHECKED = 0b01  # byte code that is taken without a look at its source


def compile_folder(folder: str) -> None:
    """Replace each wheel, and the zipped standard library, by one that holds byte code."""
    for name in sorted(os.listdir(folder)):
        if name.endswith((".whl", ".zip")):
            _compile_zip(os.path.join(folder, name))


def _compile_zip(path: str) -> None:
    name = os.path.basename(path)
    library = "" if name.endswith(".zip") else "site-packages/"
    place = f"/lib/python{sys.version_info.major}.{sys.version_info.minor}/{library}"
    made = path + ".made"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            code = None
            if member.filename.endswith(".py") and not member.filename.startswith(AS_TEXT):
                code = byte_code(content, place + member.filename)
            if code is None or name.startswith(OURS):
                _write(new, member.filename, content)
            if code is not None:
                _write(new, _beside(member.filename, name.startswith(OURS)), code)
    os.replace(made, path)


def byte_code(source: bytes, file_name: str) -> bytes | None:
    """What Python would keep in `__pycache__`, or None for a file that is no Python of today."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other people's sources
            code = compile(source, file_name, "exec", dont_inherit=True, optimize=0)
    except (SyntaxError, ValueError):
        return None
    head = importlib.util.MAGIC_NUMBER + UNCHECKED.to_bytes(4, "little")
    return head + importlib.util.source_hash(source) + marshal.dumps(code)


def _beside(file_name: str, source_stays: bool) -> str:
    """Where the import looks for it: in `__pycache__`, or in the place of the source."""
    if not source_stays:
        return file_name + "c"
    folder, name = os.path.split(file_name)
    return f"{folder}/__pycache__/{name[:-3]}.{sys.implementation.cache_tag}.pyc"


def _write(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    """With one day for all files, so that equal sources make equal bytes."""
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    packed.writestr(member, content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    compile_folder(sys.argv[1])
