"""Siting: the reference values, enumeration against the integer program, refusals."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.production_complexes import siting
from course_lib.production_complexes.siting import PLANTS, SITES, shared_or_alone, site_complex


def task(seed, n_plants=4, n_sites=3, n_flows=4):
    rng = np.random.default_rng(seed)
    plants = [f"plant {i}" for i in range(n_plants)]
    sites = [f"site {i}" for i in range(n_sites)]
    where = rng.uniform(0, 400, (n_sites, 2)).round()
    apart = np.hypot(*(where[:, np.newaxis] - where).transpose(2, 0, 1))
    flows = {}
    while len(flows) < n_flows:
        seller, buyer = rng.choice(n_plants, 2, replace=False)
        flows[plants[seller], plants[buyer]] = float(rng.integers(5, 100))
    return {
        "production": pd.DataFrame(
            rng.integers(5, 20, (n_plants, n_sites)).astype(float), plants, sites
        ),
        "distances": pd.DataFrame(apart, sites, sites),
        "flows": flows,
        "infrastructure": dict(zip(sites, rng.integers(5, 30, n_sites).tolist(), strict=True)),
        "outside": pd.DataFrame(rng.integers(0, 40, (n_plants, n_sites)), plants, sites),
    }


def least_cost(given, rate, shared):
    """Every placement, written out plainly."""
    made, km, sent = (given[name].to_numpy() for name in ("production", "distances", "outside"))
    plants, sites = list(given["production"].index), list(given["production"])
    paid = [given["infrastructure"][site] for site in sites]
    costs = []
    for where in product(range(len(sites)), repeat=len(plants)):
        cost = sum(made[p, s] for p, s in enumerate(where))
        cost += rate * sum(
            sent[p, j] * km[s, j] for p, s in enumerate(where) for j in range(len(sites))
        )
        cost += rate * sum(
            tonnes * km[where[plants.index(one)], where[plants.index(other)]]
            for (one, other), tonnes in given["flows"].items()
        )
        cost += sum(paid[s] for s in (set(where) if shared else where))
        costs.append(cost)
    return min(costs)  # fmt: skip


class TestReferenceValues:
    def test_at_a_transport_cost_of_a_thousandth(self):
        found = shared_or_alone(0.001)
        assert found.shared.cost == pytest.approx(106.5, abs=1e-9)
        assert found.alone.cost == pytest.approx(184.5, abs=1e-9)
        assert set(found.shared.placed.values()) == set(found.alone.placed.values()) == {"river"}
        assert found.saving == pytest.approx(3 * 26)

    def test_without_infrastructure_cheap_transport_scatters(self):
        found = shared_or_alone(0.0005, infrastructure=0)
        assert found.shared.cost == found.alone.cost == pytest.approx(57.5, abs=1e-9)
        assert [found.shared.placed[p] for p in PLANTS] == ["mine", "river", "city", "river"]

    def test_at_the_default_sharing_decides_the_sites(self):
        found = shared_or_alone()
        assert set(found.shared.placed.values()) == {"city"}
        assert found.alone.opened == ["river", "city"]
        assert (found.shared.cost, found.alone.cost) == (pytest.approx(177), pytest.approx(263))


@pytest.mark.parametrize("program", [False, True])
@pytest.mark.parametrize("shared", [True, False])
def test_nothing_is_cheaper(program, shared, monkeypatch):
    if program:
        monkeypatch.setattr(siting, "MOST_TRIED", 0)
    for seed in range(4):
        for rate in (0.0, 0.002, 0.02):
            given = task(seed)
            found = site_complex(**given, transport_cost=rate, shared=shared)
            assert found.cost == pytest.approx(least_cost(given, rate, shared), abs=1e-7)
            assert ("gap of zero" in found.proven) is program


def test_a_larger_task_goes_to_the_integer_program_and_sharing_never_costs_more():
    given = task(1, n_plants=9, n_sites=5, n_flows=12)
    shared = site_complex(**given)
    alone = site_complex(**given, shared=False)
    assert "gap of zero" in shared.proven
    assert shared.cost <= alone.cost
    paid = sum(given["infrastructure"][site] for site in shared.opened)
    assert shared.infrastructure == pytest.approx(paid)
    for plant in shared.plants:  # moving one plant alone never helps
        for site in shared.sites:
            only = given["production"].copy()
            for other in shared.plants:
                target = site if other == plant else shared.placed[other]
                only.loc[other, [s for s in shared.sites if s != target]] = np.nan
            moved = site_complex(**(given | {"production": only}))
            assert moved.cost >= shared.cost - 1e-7


def test_a_plant_that_cannot_stand_at_a_site_does_not(monkeypatch):
    given = task(2)
    best = site_complex(**given)
    given["production"].loc["plant 0", best.placed["plant 0"]] = np.nan
    for most in (siting.MOST_TRIED, 0):
        monkeypatch.setattr(siting, "MOST_TRIED", most)
        found = site_complex(**given)
        assert found.placed["plant 0"] != best.placed["plant 0"]
        assert found.cost >= best.cost


@settings(max_examples=30)
@given(st.floats(0, 0.006), st.floats(0, 2), st.floats(0, 200))
def test_curves_and_sites_tell_one_story(rate, scale, ore):
    found = shared_or_alone(rate, scale, ore)
    assert found.saving >= -1e-9
    for curve, one in ((found.shared_costs, found.shared), (found.alone_costs, found.alone)):
        assert np.interp(rate, found.transport_costs, curve) <= one.cost + 1e-6
        assert (np.diff(curve) >= -1e-9).all()  # dearer transport never makes it cheaper
        assert (np.diff(curve, 2) <= 1e-9).all()  # and each step hurts less than the last
    there = shared_or_alone(float(found.transport_costs[20]), scale, ore)
    assert there.shared.cost == pytest.approx(found.shared_costs[20])
    assert there.alone.cost == pytest.approx(found.alone_costs[20])


def test_kept_curves_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        shared_or_alone().shared_costs[0] = 1


def test_sentences():
    found = shared_or_alone()
    assert "cost 177.0. Each plant pays its own" in found.summary()
    assert found.summary().endswith("Sharing saves 86.0.")
    assert "Cheapest with infrastructure shared" in found.shared.summary()
    assert found.to_frame().loc["cost"].tolist() == ["177.0", "263.0"]
    assert found.shared.to_frame()["site"].tolist() == ["city"] * 4


def changed(**what):
    return site_complex(**(task(0) | what))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: changed(production=task(0)["production"].mul([1, 1, np.nan, 1], axis=0)),
            "plant 2 can stand at none of the sites: give it a production cost",
        ),
        (lambda: changed(production=-task(0)["production"]), "plant 0 at site 0 has -"),
        (
            lambda: changed(
                production=task(0)["production"].astype(object).mask(lambda t: t == 12, "dear")
            ),
            "production must be numbers .* has 'dear': leave a cell empty",
        ),
        (
            lambda: changed(outside=task(0)["outside"].astype(float).where(np.eye(4, 3) == 0)),
            "outside must be numbers .* but plant 0 at site 0 has nan: 0 is the least",
        ),
        (lambda: changed(flows={("plant 0", "plant 0"): 3.0}), "from plant 0 to itself"),
        (lambda: changed(flows={"ab": 3.0}), r"\('mine', 'mill'\) and not 'ab'"),
        (lambda: changed(shared="no"), "shared must be True or False"),
        (
            lambda: changed(distances=pd.concat([task(0)["distances"]] * 2)),
            "distances has site 0 twice",
        ),
        (lambda: changed(distances=task(0)["distances"] + 1), "0 from a site to itself"),
        (lambda: changed(distances=task(0)["distances"].iloc[:2]), "no row or column for site 2"),
        (lambda: changed(flows={("plant 0", "mill"): 3.0}), "names mill, which has no row"),
        (lambda: changed(flows={("plant 0", "plant 1"): -3.0}), "flow from plant 0 to plant 1"),
        (lambda: changed(infrastructure={"site 0": 1}), "no cost for site 1"),
        (lambda: changed(infrastructure=dict.fromkeys(task(0)["distances"], -1)), "it is a cost"),
        (lambda: changed(transport_cost=-1), "transport_cost must be at least 0"),
        (lambda: changed(outside=task(0)["outside"].iloc[:2]), "no row or column for plant 2"),
        (
            lambda: changed(production=task(0)["production"].rename({"plant 1": "plant 0"})),
            "names a plant or a site twice",
        ),
        (lambda: shared_or_alone(transport_cost=0.1), "the chart ends there"),
        (lambda: shared_or_alone(infrastructure=-1), "it multiplies a cost"),
        (lambda: shared_or_alone(ore=float("nan")), "it counts tonnes"),
    ],
)
def test_refusals_say_what_to_do(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_the_lab_uses_the_tables_of_the_lesson():
    assert SITES == ("mine", "river", "city")
