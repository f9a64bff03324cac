"""nbgrader's formgrader as an extension of the server: its pages load nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import HTMLExporter

from course_lib.grading.formulas import without_loading

#: formgrader's own script waits for MathJax before it lets a person move through a page by keys.
#: Formulas are MathML here, so there is nothing to wait for.
NO_WAITING = """<script>
MathJax = {Hub: {Startup: {signal: {Interest: function (tell) {
    setTimeout(function () { tell("End"); }, 0);
}}}}};
</script>
</head>"""


class MarkingPage(HTMLExporter):
    """A page to mark on, whose formulas are set and which asks nobody else for anything."""

    def from_notebook_node(  # type: ignore[override]  # HTML is a text
        self, *given: Any, **more: Any
    ) -> tuple[str, Any]:
        page, resources = super().from_notebook_node(*given, **more)
        return without_loading(page).replace("</head>", NO_WAITING, 1), resources


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(app: Any) -> None:
    from nbgrader.server_extensions.formgrader import load_jupyter_server_extension

    load_jupyter_server_extension(app)
    settings = app.web_app.settings
    settings["nbgrader_exporter"] = MarkingPage(config=settings["nbgrader_exporter"].config)
