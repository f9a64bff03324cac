"""Where this computer keeps a Chromium (or Chrome, or Edge), for the tests that drive a browser."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

#: Programs to look for on the PATH, the distribution's own first.
PROGRAMS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome")

MACOS_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_PLACES = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)

#: What to say where there is none.
HOW_TO_GET_ONE = (
    "No Chromium was found. Install one (Debian and Ubuntu: sudo apt install chromium; macOS and "
    "Windows: Google Chrome), or set COURSE_BROWSER to the path of the browser's program."
)


def find_browser(
    environ: Mapping[str, str] | None = None, platform: str = sys.platform
) -> Path | None:
    """The program of a Chromium, Chrome or Edge on this computer, or None.

    COURSE_BROWSER in the environment says where to look and stands over everything else; if
    nothing is there, that is None too, and not another browser in its stead.
    """
    environ = os.environ if environ is None else environ
    if chosen := environ.get("COURSE_BROWSER"):
        found = shutil.which(chosen, path=environ.get("PATH"))
        return Path(found) if found else None
    for program in PROGRAMS:
        if found := shutil.which(program, path=environ.get("PATH")):
            return Path(found)
    return next((place for place in usual_places(environ, platform) if place.is_file()), None)


def usual_places(environ: Mapping[str, str], platform: str) -> list[Path]:
    """Where macOS and Windows keep their browsers, which are not on the PATH there."""
    if platform == "darwin":
        places = [Path(place) for place in MACOS_PLACES]
        home = Path(environ.get("HOME", "~")).expanduser()
        return places + [home / place.relative_to("/") for place in places]
    if platform == "win32":
        roots = [
            environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        ]
        return [Path(root) / place for root in roots if root for place in WINDOWS_PLACES]
    return []
