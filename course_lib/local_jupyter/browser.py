"""Where this computer keeps a Chromium (or Chrome, or Edge), for the tests that drive a browser."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

#: Executables to look for on the PATH, the distribution's own first.
EXECUTABLES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome")

MACOS_PATHS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_PATHS = (
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
    """The executable of a Chromium, Chrome or Edge on this computer, or None.

    COURSE_BROWSER in the environment says where to look and stands over everything else; if
    nothing is there, that is None too, and not another browser in its stead.
    """
    environ = os.environ if environ is None else environ
    if chosen := environ.get("COURSE_BROWSER"):
        found = shutil.which(chosen, path=environ.get("PATH"))
        return Path(found) if found else None
    for name in EXECUTABLES:
        if found := shutil.which(name, path=environ.get("PATH")):
            return Path(found)
    return next((path for path in usual_paths(environ, platform) if path.is_file()), None)


def usual_paths(environ: Mapping[str, str], platform: str) -> list[Path]:
    """Where macOS and Windows keep their browsers, which are not on the PATH there."""
    if platform == "darwin":
        paths = [Path(path) for path in MACOS_PATHS]
        home = Path(environ.get("HOME", "~")).expanduser()
        return paths + [home / path.relative_to("/") for path in paths]
    if platform == "win32":
        roots = [
            environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        ]
        return [Path(root) / path for root in roots if root for path in WINDOWS_PATHS]
    return []
