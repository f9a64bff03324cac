"""What axe-core finds in a page: faults that shut somebody out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

OUTPUTS = ".jp-OutputArea"  # the rest of JupyterLab's page is JupyterLab's


def serious_faults(page: Any, context: str | None = None) -> list[str]:
    """The serious and critical faults of a page, or of a part of it: rule and place of each."""
    found = Axe().run(page, context=context).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:150]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def faults_of_file(file: Path, browser: Any) -> list[str]:
    """The same of a page in a file."""
    page = browser.new_page()
    page.goto(file.as_uri())
    found = serious_faults(page)
    page.close()
    return found
