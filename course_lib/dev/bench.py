"""How quickly does the course answer? Measured beside plain ipywidgets and pyplot, in one run.

Every number is printed with the number that it has to be compared with. Nothing here is a test:
a busy computer is slower, and the ratio is what counts.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.dev import CHECKOUT
from course_lib.dev.bench_regions import SIZES, region_steps
from course_lib.dev.every_lab import every_lab
from course_lib.local_jupyter.server import jupyter_server

if TYPE_CHECKING:
    from course_lib.dev.driving import NotebookPage
    from course_lib.lab import Lab

STEPS = 20

PLAIN = """
import matplotlib.pyplot as plt
from ipywidgets import interact, FloatSlider
from course_lib.start_here.growth_race import growth_race

def plain(poor_growth):
    result = growth_race(poor_growth=poor_growth)
    figure, axes = plt.subplots(figsize=(9, 3.8), layout="constrained")
    axes.plot(result.year, result.rich, label="rich region")
    axes.plot(result.year, result.poor, "--", label="poor region")
    axes.plot([result.catch_up_year], [result.poor[0]], "o")
    axes.set(xlim=(0, 120), ylim=(0.5, 2000), yscale="log", xlabel="years", ylabel="income")
    axes.grid(True)
    axes.legend(loc="upper left")
    plt.show()
"""
PLAIN_LAB = PLAIN + "\ninteract(plain, poor_growth=FloatSlider(min=2.5, max=6, step=0.1, value=3));"
COURSE_LAB = "from course_lib.start_here import labs\nlab = labs.growth_race_lab()\nlab"

FLOOR = """
import ipywidgets as widgets

slider, word = widgets.IntSlider(50), widgets.HTML("50")
slider.observe(lambda change: setattr(word, "value", str(change["new"])), "value")
widgets.VBox([slider, word]).add_class("only-a-word")"""

# From the key that is pressed to the picture (or, without one, the word) that is shown, inside the
# page itself
STEP_IN_PAGE = """
async ([scope, key]) => {
  const root = [...document.querySelectorAll(scope)].pop();
  const handle = root.querySelector('.noUi-handle');
  const pictures = () => [...root.querySelectorAll('img')];
  const shown = () => pictures().length
    ? pictures().map(i => i.src.length + i.src).join()
    : root.querySelector('.widget-html-content').textContent;
  const before = shown();
  const start = performance.now();
  handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
  for (;;) {
    await new Promise(requestAnimationFrame);
    if (shown() !== before && pictures().every(i => i.complete && i.naturalWidth))
      return performance.now() - start;
    if (performance.now() - start > 20000) throw new Error('nothing changed on the page');
  }
}
"""


def main() -> None:
    """Measure and print everything."""
    print(f"Medians of {STEPS} steps; times in milliseconds unless said otherwise.\n")
    _print_table("A slider step in the kernel", _kernel_steps())
    for size in SIZES:
        _print_table("Your own region: regions x industries x years", region_steps(*size))
    _print_table("Models by size", _scaling())
    _print_table("Starting up, in seconds", _import_times())
    print("In the browser (this takes half a minute) ...")
    _print_table("A slider step in the browser", _browser_steps())
    _print_table("From the command to the first picture, in seconds", _first_pictures())
    _print_table("Memory of a kernel, in megabytes", _memory())


def _print_table(title: str, rows: list[tuple[str, float, float | None]]) -> None:
    """Print what was measured: name, value, and how many times the plain one's it is."""
    print(title)
    for name, value, plain in rows:
        ratio = f"   {value / plain:6.2f} x the plain one" if plain else ""
        print(f"  {name:<58}{value:9.2f}{ratio}")
    print()


def _median(action: Callable[[int], Any], steps: int = STEPS) -> float:
    """Milliseconds that an action takes; the first two runs warm up and do not count."""
    taken = []
    for number in range(steps + 2):
        start = time.perf_counter()
        action(number)
        taken.append(time.perf_counter() - start)
    return 1000 * statistics.median(taken[2:])


def _kernel_steps() -> list[tuple[str, float, float | None]]:
    plain = _median(_plain_step())
    rows: list[tuple[str, float, float | None]] = [("plain interact and pyplot", plain, None)]
    for lab in (make() for make in every_lab().values()):
        name, values = _small_moves(lab)

        def step(number: int, lab: Any = lab, name: str = name, values: Any = values) -> None:
            lab.set(**{name: values[number % len(values)]})
            lab.canvas.jpeg()

        rows.append((lab.title, _median(step), plain))
    return rows


def _small_moves(lab: Lab) -> tuple[str, list[Any]]:
    """A control, and values next to its default: what a student does who drags it."""
    from course_lib.lab import Slider

    sliders = [name for name, control in lab.controls.items() if isinstance(control, Slider)]
    if not sliders:
        name = next(iter(lab.controls))
        return name, lab.controls[name].extremes()
    name = lab.play or sliders[0]
    slider = lab.controls[name]
    assert isinstance(slider, Slider)
    default = lab.defaults[name]
    inwards = slider.step if default < (slider.low + slider.high) / 2 else -slider.step
    places = [round(default + inwards * steps, 10) for steps in (1, 2, 3, 4, 3, 2, 1, 0)]
    return name, [min(slider.high, max(slider.low, place)) for place in places]


def _scaling() -> list[tuple[str, float, float | None]]:
    """How the models that count most grow with their size."""
    from course_lib.agglomeration.core_periphery import tomahawk
    from course_lib.agglomeration.ring import ring

    def axe(costs: int, number: int) -> None:
        tomahawk(5, 0.4 - number / 1e4, n_costs=costs)

    def racetrack(regions: int, number: int) -> None:
        ring(regions, steps=500, seed=number)

    rows: list[tuple[str, float, float | None]] = []
    for costs in (50, 200, 800):
        spent = _median(partial(axe, costs), steps=5)
        rows.append((f"tomahawk, {costs} transport costs", spent, None))
    for regions in (25, 50, 100, 200):
        spent = _median(partial(racetrack, regions), steps=5)
        rows.append((f"ring of {regions} regions, 500 steps", spent, None))
    return [*rows, *_input_output(), *_siting(), *_clusters(), *_ensembles()]


def _ensembles() -> list[tuple[str, float, float | None]]:
    """The common economy for whole ensembles: 61 years of 24 regions and 6 sectors a run.

    Ensembles beside a single run, and a sweep to files beside an ensemble of as many runs.
    """
    from course_lib.regional_economy.ensemble import ensemble
    from course_lib.regional_economy.history import play
    from course_lib.regional_economy.policies import POLICIES, Cluster
    from course_lib.regional_economy.sweep import sweep

    def played(number: int) -> None:
        play(Cluster(), number)

    one = _median(played)
    rows: list[tuple[str, float, float | None]] = [("economy, one run with its path", one, None)]
    spent: dict[int, float] = {}
    for countries in (15, 150, 1000):
        policies = POLICIES if countries < 1000 else {"cluster": Cluster()}

        def scored(number: int, countries: int = countries, policies: Any = policies) -> None:
            ensemble(policies, range(1000 * number, 1000 * number + countries))

        runs = countries * len(policies)
        spent[runs] = _median(scored, steps=3) / runs
        number = "one policy" if len(policies) == 1 else f"{len(policies)} policies"
        rows.append((f"economy, one of {runs:,} runs, {number}", spent[runs], one))
    with tempfile.TemporaryDirectory() as name:

        def swept(number: int) -> None:
            sweep(Path(name) / str(number), POLICIES, range(150 * number, 150 * number + 150))

        runs = 150 * len(POLICIES)
        each = _median(swept, steps=3) / runs
    rows.append((f"sweep to Parquet, one of {runs:,} runs", each, spent[runs]))
    return rows


def _input_output() -> list[tuple[str, float, float | None]]:
    """All of a table of 42 sectors; multipliers of large tables, beside pymrio on the same ones."""
    import numpy as np
    import pymrio  # a test tool, and slow to import

    from course_lib.growth_poles.input_output import (
        input_output,
        output_multipliers,
        technical_coefficients,
    )

    def table(sectors: int) -> tuple[np.ndarray, np.ndarray]:
        chance = np.random.default_rng(sectors)
        flows = chance.random((sectors, sectors))
        return flows, flows.sum(axis=0) / chance.uniform(0.3, 0.8, sectors)

    flows, output = table(42)

    def everything(number: int) -> None:
        found = input_output(flows, output)
        for sector in found.sectors:
            found.output_without(sector)

    rows: list[tuple[str, float, float | None]] = [
        ("42 sectors: all linkages and extractions", _median(everything), None)
    ]
    for sectors in (500, 5000):
        flows, output = table(sectors)

        def solved(number: int, flows: Any = flows, output: Any = output) -> Any:
            return output_multipliers(technical_coefficients(flows, output))

        def inverted(number: int, flows: Any = flows, output: Any = output) -> Any:
            return pymrio.calc_L(pymrio.calc_A(flows, output)).sum(axis=0)

        assert np.allclose(solved(0), inverted(0))
        steps = 5 if sectors < 1000 else 1
        name = f"multipliers of {sectors} sectors, by solving (plain: pymrio)"
        rows.append((name, _median(solved, steps), _median(inverted, steps)))
    return rows


def _siting() -> list[tuple[str, float, float | None]]:
    """Plants of a complex, each at the site that is proven cheapest for all of them together."""
    import numpy as np
    import pandas as pd

    from course_lib.production_complexes.siting import site_complex

    def task(plants: int, sites: int, number: int) -> dict[str, Any]:
        """An invented one: each plant delivers to one or two that come after it."""
        chance = np.random.default_rng(number)
        where = chance.uniform(0, 400, (sites, 2))
        sellers = [*range(plants - 1), *chance.integers(0, plants - 1, plants // 2).tolist()]
        return {
            "production": pd.DataFrame(chance.uniform(5, 20, (plants, sites))),
            "distances": pd.DataFrame(np.hypot(*(where[:, np.newaxis] - where).transpose(2, 0, 1))),
            "flows": {
                (str(seller), str(chance.integers(seller + 1, plants))): chance.uniform(5, 100)
                for seller in sellers
            },
            "infrastructure": {str(site): chance.uniform(5, 30) for site in range(sites)},
            "outside": pd.DataFrame(chance.uniform(0, 40, (plants, sites)) / sites),
        }

    rows: list[tuple[str, float, float | None]] = []
    for plants, sites in ((10, 5), (20, 10), (30, 15)):

        def sited(number: int, plants: int = plants, sites: int = sites) -> None:
            found = site_complex(**task(plants, sites, number))
            assert "gap of zero" in found.proven

        rows.append((f"siting {plants} plants on {sites} sites, proven", _median(sited, 5), None))
    return rows


def _clusters() -> list[tuple[str, float, float | None]]:
    """Measures and models of clusters; complexity beside the package ecomplexity, where it is."""
    import numpy as np
    import pandas as pd

    from course_lib.industrial_clusters.firm_grid import firm_grid
    from course_lib.industrial_clusters.lock_in import lock_in
    from course_lib.measures import economic_complexity, ellison_glaeser, presence

    rows: list[tuple[str, float, float | None]] = []
    for regions, industries in ((300, 100), (1000, 300), (3000, 1000)):
        size = f"{regions:,} regions x {industries:,} industries"
        jobs = pd.DataFrame(np.random.default_rng(0).lognormal(0, 2, (regions, industries)))
        lumps = np.full(industries, 0.1)

        def gamma(_: int, jobs: Any = jobs, lumps: Any = lumps) -> None:
            ellison_glaeser(jobs, lumps)

        def complexity(_: int, jobs: Any = jobs) -> None:
            economic_complexity(presence(jobs))

        rows.append((f"Ellison-Glaeser, {size}", _median(gamma, steps=3), None))
        rows.append((f"Ellison-Glaeser, {size}, peak in megabytes", _peak(gamma), None))
        judge = _by_ecomplexity(jobs)
        if judge is not None:
            taken, index = judge
            mine = economic_complexity(presence(jobs)).regions
            assert abs(np.corrcoef(mine, index)[0, 1]) > 1 - 1e-9  # but for sign and scale
            rows.append((f"the package ecomplexity, {size}", taken, None))
        plain = judge[0] if judge else None
        rows.append((f"complexity, {size}", _median(complexity, steps=3), plain))
    for firms, histories in ((1000, 200), (10_000, 1000)):
        spent = _median(
            lambda number, firms=firms, histories=histories: lock_in(  # type: ignore[misc]
                pull=1.5, firms=firms, histories=histories, seed=number
            ),
            steps=3,
        )
        rows.append((f"urn, {firms:,} draws x {histories:,} histories", spent, None))
    for cells in (40, 100):
        spent = _median(
            lambda number, cells=cells: firm_grid(  # type: ignore[misc]
                wanted=5, size=cells, sweeps=100, seed=number
            ),
            steps=3,
        )
        rows.append((f"firm grid {cells} x {cells}, 100 sweeps", spent, None))
    return rows


def _peak(action: Callable[[int], Any]) -> float:
    """Megabytes that an action takes at most, beside what is there before it."""
    import tracemalloc

    tracemalloc.start()
    try:
        action(0)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def _by_ecomplexity(jobs: Any) -> tuple[float, Any] | None:
    """The test tool that the course's complexity is compared with: milliseconds, and its index."""
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from ecomplexity import ecomplexity
    except ModuleNotFoundError:
        return None
    tidy = jobs.stack().rename("jobs").reset_index().set_axis(["r", "i", "jobs"], axis=1)
    names = {"time": "year", "loc": "r", "prod": "i", "val": "jobs"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        found = ecomplexity(
            tidy.assign(year=1), names, check_logsupermodularity=False, verbose=False
        )
        taken = 1000 * (time.perf_counter() - start)
    return taken, found.groupby("r")["eci"].first().reindex(jobs.index).to_numpy()


def _plain_step() -> Callable[[int], None]:
    """What `interact` does with a function that draws: build a figure, show it, throw it away."""
    import matplotlib

    matplotlib.use("agg")
    scope: dict[str, Any] = {}
    exec(compile(PLAIN, "plain", "exec"), scope)  # pyplot, which the course itself never imports
    pyplot = scope["plt"]
    pyplot.show = lambda: None

    def step(number: int) -> None:
        scope["plain"](2.5 + 0.1 * number)
        pyplot.gcf().savefig(io.BytesIO(), format="png", bbox_inches="tight")
        pyplot.close("all")

    return step


def _import_times() -> list[tuple[str, float, float | None]]:
    def seconds(code: str) -> float:
        runs = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            runs.append(time.perf_counter() - start)
        return statistics.median(runs)

    bare = seconds("import numpy, pandas")
    libraries = seconds("import numpy, pandas, matplotlib.figure, ipywidgets")
    lesson = seconds(
        "from course_lib import datasets, measures\nfrom course_lib.lab import draw\n"
        "from course_lib.measuring_regions import charts, labs, questions"
    )
    return [
        ("numpy and pandas, imported plainly", bare, None),
        ("import numpy, pandas, course_lib", seconds("import numpy, pandas, course_lib"), bare),
        ("matplotlib.figure and ipywidgets as well, plainly", libraries, None),
        ("the import cell of lesson 01", lesson, libraries),
    ]


def _browser_steps() -> list[tuple[str, float, float | None]]:
    with _notebook([FLOOR, PLAIN_LAB, COURSE_LAB]) as notebook:
        notebook.run_all()
        _wait_for_picture(notebook, ".course-lab")
        notebook.page.get_by_placeholder("Why? One sentence.").fill("To measure it.")
        notebook.page.locator("input[type=radio]").first.check()
        notebook.page.get_by_role("button", name="Commit my prediction").click()
        notebook.page.get_by_role("button", name="Compare with the model").wait_for()

        def median(scope: str) -> float:
            keys = ["ArrowRight", "ArrowLeft"] * (STEPS // 2 + 1)
            taken = [notebook.page.evaluate(STEP_IN_PAGE, [scope, key]) for key in keys]
            return statistics.median(taken[2:])

        floor = median(".only-a-word")
        plain = median(".widget-interact")
        course = median(".course-lab")
    return [
        ("the floor: a slider that only changes a word", floor, plain),
        ("plain interact and pyplot", plain, None),
        ("When does the poorer region catch up?", course, plain),
    ]


def _first_pictures() -> list[tuple[str, float, float | None]]:
    def seconds(cell: str, scope: str) -> float:
        runs = []
        for _ in range(3):
            start = time.perf_counter()
            with _notebook([cell]) as notebook:
                notebook.run_all()
                _wait_for_picture(notebook, scope)
                runs.append(time.perf_counter() - start)
        return statistics.median(runs)

    plain = seconds(PLAIN_LAB, ".widget-interact")
    return [
        ("plain interact and pyplot", plain, None),
        ("a lab", seconds(COURSE_LAB, ".course-lab"), plain),
    ]


def _memory() -> list[tuple[str, float, float | None]]:
    import nbformat

    lesson = nbformat.read(CHECKOUT / "notebooks" / "01_measuring_regions.ipynb", as_version=4)
    codes = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
    libraries = _megabytes(["import numpy, pandas, matplotlib.figure, ipywidgets"])
    return [
        ("with the libraries alone", libraries, None),
        ("with lesson 01 run", _megabytes(codes), libraries),
    ]


def _megabytes(codes: list[str]) -> float:
    """Memory of a kernel that has run these cells."""
    from nbclient import NotebookClient

    notebook = _book([*codes, "import psutil; print(psutil.Process().memory_info().rss)"])
    NotebookClient(notebook, timeout=300).execute()
    return int(notebook.cells[-1].outputs[0]["text"]) / 1e6


@contextmanager
def _notebook(codes: list[str]) -> Iterator[NotebookPage]:
    """A notebook of these cells, open in JupyterLab in a browser."""
    import nbformat

    from course_lib.dev.driving import NotebookPage, chromium

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        nbformat.write(_book(codes), folder / "bench.ipynb")
        # The inline backend, whatever this process has drawn with so far
        quiet = {
            "COURSE_PROGRESS": "off",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        }
        with jupyter_server(folder, environment=quiet) as server, chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 2400})
            yield NotebookPage(page, server.address("bench.ipynb"))


def _wait_for_picture(notebook: NotebookPage, scope: str) -> None:
    notebook.page.locator(f"{scope} img:visible").first.wait_for(timeout=60_000)


def _book(codes: list[str]) -> Any:
    import nbformat

    cells = [nbformat.v4.new_code_cell(code) for code in codes]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
