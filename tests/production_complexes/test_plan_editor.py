"""The plan editor: what it takes, and what its widgets report when a student uses them."""

import pytest

from course_lib.production_complexes.cycles import CYCLES, FOUR_TYPES, IRON_AND_STEEL, TIMBER
from course_lib.production_complexes.labs import CORE_STOPPED, relation_chart_lab
from course_lib.production_complexes.plan_editor import NOBODY, PlanEditor, _Editor
from course_lib.production_complexes.relation_chart import relation_chart


@pytest.fixture
def editor():
    said = []
    made = _Editor(IRON_AND_STEEL, said.append)
    made.said = said
    return made


def test_says_nothing_by_itself(editor):
    assert editor.said == []
    assert editor.start.value == "Iron and steel"
    assert editor.core.value == "coke and ironworks"
    assert editor.stopped.value == NOBODY
    assert len(editor.deliveries.children) == len(IRON_AND_STEEL) - 1


def test_a_tick_taken_away_and_put_back(editor):
    box = editor.deliveries.children[0]
    assert box.description == "coal mine → coke and ironworks: coal"
    box.value = False
    assert "coal mine > coke and ironworks: coal" not in editor.said[-1]
    assert editor.start.value is None  # this is no plan to start from any more
    assert box in editor.deliveries.children
    box.value = True
    assert editor.said[-1] == IRON_AND_STEEL
    assert editor.start.value == "Iron and steel"


def test_a_delivery_is_added_with_a_new_plant(editor):
    editor.seller.value, editor.buyer.value = "scrap yard", "steelworks"
    editor.good.value = "pig iron"
    editor.add.click()
    assert editor.said[-1] == (*IRON_AND_STEEL, "scrap yard > steelworks: pig iron")
    assert "scrap yard" in editor.core.options
    assert (editor.seller.value, editor.good.value) == ("", "")
    assert editor.deliveries.children[-1].value is True


def test_an_unfinished_delivery_is_left_to_the_lab_to_refuse(editor):
    editor.seller.value = "scrap yard"
    editor.add.click()
    with pytest.raises(ValueError, match="is no delivery"):
        relation_chart(editor.said[-1])
    assert editor.seller.value == "scrap yard"
    assert len(editor.deliveries.children) == len(IRON_AND_STEEL) - 1


def test_another_core_and_a_plant_out_of_order(editor):
    editor.core.value = "steelworks"
    assert editor.said[-1][0] == "core: steelworks"
    editor.stopped.value = "coal mine"
    assert editor.said[-1][-1] == "stopped: coal mine"
    editor.stopped.value = NOBODY
    assert not any(line.startswith("stopped") for line in editor.said[-1])


def test_a_plant_without_deliveries_is_gone(editor):
    editor.stopped.value = "ore mine"
    box = next(b for b in editor.deliveries.children if b.description.startswith("ore mine"))
    box.value = False
    assert editor.stopped.value == NOBODY
    assert "ore mine" not in editor.core.options
    relation_chart(editor.said[-1])


def test_another_plan_to_start_from(editor):
    editor.start.value = "Timber"
    assert editor.said == [TIMBER]
    assert len(editor.deliveries.children) == len(TIMBER) - 1
    editor.start.value = "An empty sheet"
    assert editor.said[-1] == ("core: my core",)
    editor.seller.value, editor.buyer.value, editor.good.value = "station", "hospital", "power"
    editor.add.click()
    editor.core.value = "station"
    assert editor.said[-1] == ("core: station", "station > hospital: power")


def test_set_shows_without_saying(editor):
    editor.set((*FOUR_TYPES, "stopped: core plant"))
    assert editor.said == []
    assert editor.start.value == "The document's four types"
    assert editor.stopped.value == "core plant"


def test_locked_and_open(editor):
    editor.lock(True)
    parts = [editor.start, editor.core, editor.seller, editor.good, editor.add]
    assert all(part.disabled for part in [*parts, *editor.deliveries.children])
    editor.lock(False)
    assert not any(part.disabled for part in [*parts, *editor.deliveries.children])


def test_the_lab_follows_and_resets():
    lab = relation_chart_lab()
    panel = lab.panel
    panel.lock(False)
    lab.set(plan=TIMBER)
    panel.refresh()
    assert len(lab.result.plan.plants) == 10
    lab.reset()
    assert lab.values["plan"] == CORE_STOPPED


def test_check_and_extremes():
    control = PlanEditor("Plan")
    assert control.check(list(TIMBER)) == TIMBER
    with pytest.raises(ValueError, match="names no core"):
        control.check([])
    found = control.extremes()
    assert len(found) == len(CYCLES) + 2
    assert len({relation_chart(plan).summary() for plan in found}) == len(found)
