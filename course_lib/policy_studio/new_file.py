"""Writing what a student made: a file that is there is never replaced."""

from __future__ import annotations

import re
from pathlib import Path

from course_lib.files import create

MOST_NUMBERS = 999


def file_name(words: str) -> str:
    """Words as the name of a file: letters and digits of any language, and hyphens.

    Examples
    --------
    >>> file_name("Team Delta!"), file_name("珠江队"), file_name("../..")
    ('team-delta', '珠江队', 'mine')
    """
    return re.sub(r"[\W_]+", "-", words.lower()).strip("-")[:40] or "mine"


def write_new(folder: Path, stem: str, ending: str, text: str, what: str) -> str:
    """Write a text to a new file, under the next number if the name is taken.

    Parameters
    ----------
    folder : Path
        Where to. It must be there.
    stem, ending : str
        Name of the file without its ending, and the ending.
    text : str
        What to write.
    what : str
        What it is, for the sentence.

    Returns
    -------
    str
        One sentence: where it is, and what was left as it was.

    Raises
    ------
    ValueError
        If the file cannot be written.
    """
    for number in range(1, MOST_NUMBERS + 1):
        name = f"{stem}.{ending}" if number == 1 else f"{stem}_{number}.{ending}"
        file = folder / name
        try:
            create(file, text.encode(errors="replace"))
        except FileExistsError:
            continue
        except OSError as error:
            raise ValueError(
                f"{name} could not be written ({error.strerror}): check that the folder is there, "
                "that you may write in it, and that the disk is not full"
            ) from None
        place = "" if folder == Path() else f" in the folder {folder.name}"
        if number == 1:
            return f"{what} are in the file {name}{place}."
        before = f"{stem}.{ending}" if number == 2 else f"{stem}_{number - 1}.{ending}"
        return (
            f"{what} are in the file {name}{place}; {before} was there before and stays as it was."
        )
    raise ValueError(f"there are {MOST_NUMBERS} files named {stem}: move some of them away")
