"""Plans to start from: five of Kolosovsky's energy-production cycles, and the document's types.

Kolosovsky (1947) called a set of processes that grows around one source of energy and one raw
material an **energy-production cycle**. Which plants belong to a cycle is his idea; the deliveries
below are this course's own, much simplified drawing. A "cycle" in his sense is no circle.
"""

from __future__ import annotations

IRON_AND_STEEL = (
    "core: coke and ironworks",
    "coal mine > coke and ironworks: coal",
    "ore mine > coke and ironworks: ore",
    "coal mine > power station: coal",
    "repair works > coke and ironworks: spare parts",
    "repair works > steelworks: spare parts",
    "power station > steelworks: power",
    "power station > rolling mill: power",
    "coke and ironworks > steelworks: pig iron",
    "coke and ironworks > fertiliser works: coke gas",
    "coke and ironworks > cement works: slag",
    "steelworks > rolling mill: steel",
    "rolling mill > machine works: steel sheet",
    "rolling mill > building works: girders",
    "cement works > building works: cement",
)

OIL_AND_CHEMICALS = (
    "core: oil refinery",
    "oil field > oil refinery: crude oil",
    "water works > oil refinery: water",
    "water works > power station: water",
    "salt mine > chlorine works: salt",
    "repair works > cracking plant: spare parts",
    "oil refinery > cracking plant: naphtha",
    "oil refinery > power station: fuel oil",
    "power station > chlorine works: power",
    "cracking plant > rubber works: butadiene",
    "cracking plant > plastics works: ethylene",
    "chlorine works > plastics works: chlorine",
    "rubber works > tyre works: rubber",
)

WATER_POWER = (
    "core: hydropower station",
    "repair works > hydropower station: spare parts",
    "alumina port > aluminium works: alumina",
    "quartz quarry > alloy works: quartz",
    "logging camp > sawmill: logs",
    "logging camp > pulp mill: logs",
    "hydropower station > aluminium works: power",
    "hydropower station > alloy works: power",
    "hydropower station > sawmill: power",
    "hydropower station > pulp mill: power",
    "aluminium works > cable works: aluminium",
    "sawmill > house works: boards",
    "pulp mill > paper mill: pulp",
)

TIMBER = (
    "core: timber mill",
    "logging camp > timber mill: logs",
    "repair works > timber mill: spare parts",
    "timber mill > power station: bark",
    "power station > timber mill: power",
    "power station > pulp mill: power",
    "timber mill > pulp mill: wood chips",
    "timber mill > board works: sawdust",
    "timber mill > furniture works: planks",
    "board works > furniture works: chipboard",
    "pulp mill > paper mill: pulp",
    "pulp mill > wood chemistry: lye",
    "paper mill > packaging works: paper",
)

IRRIGATED_FARMING = (
    "core: irrigation canals",
    "dam > irrigation canals: water",
    "fertiliser works > cotton farms: fertiliser",
    "power station > spinning mill: power",
    "irrigation canals > cotton farms: water",
    "irrigation canals > fodder farms: water",
    "irrigation canals > fruit farms: water",
    "cotton farms > cotton gin: raw cotton",
    "fruit farms > cannery: fruit",
    "fodder farms > dairy: fodder",
    "cotton gin > spinning mill: fibre",
    "cotton gin > oil mill: seed",
    "oil mill > dairy: oilcake",
    "spinning mill > clothing works: yarn",
)

FOUR_TYPES = (
    "core: core plant",
    "service plant > core plant: raw material",
    "service plant > main plant A: spare parts",
    "service plant > main plant B: spare parts",
    "core plant > main plant A: product",
    "core plant > main plant B: product",
    "main plant A > supplementary A: product A",
    "main plant B > supplementary B: product B",
)
"""A reconstruction of the source document's Fig. 1, whose picture the course does not have."""

CYCLES = {
    "Iron and steel": IRON_AND_STEEL,
    "Oil and chemicals": OIL_AND_CHEMICALS,
    "Water power": WATER_POWER,
    "Timber": TIMBER,
    "Irrigated farming": IRRIGATED_FARMING,
    "The document's four types": FOUR_TYPES,
    "An empty sheet": ("core: my core",),
}
"""Names of the plans, as a student chooses among them."""
