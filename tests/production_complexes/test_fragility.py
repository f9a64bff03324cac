"""The chain: the reference values, drawing days by chance, refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.production_complexes.fragility import chain, chain_works


def test_reference_values():
    found = [chain(4, 0.9, suppliers).works for suppliers in (1, 2, 3)]
    assert found == pytest.approx([0.6561, 0.96059601, 0.996006], abs=5e-7)


def test_many_simulated_days_agree():
    rng = np.random.default_rng(3)
    chances, suppliers, shock = [0.9, 0.7, 0.8], [1, 3, 2], 0.05
    works = np.ones(200_000, dtype=bool)
    for p, r in zip(chances, suppliers, strict=True):
        spared = rng.random(len(works)) >= shock
        works &= spared & (rng.random((r, len(works))) < p).any(axis=0)
    expected = chain_works(chances, suppliers, shock)
    assert works.mean() == pytest.approx(expected, abs=4 * np.sqrt(0.25 / len(works)))
    days = [chain(3, 0.7, 2, 0.1, seed) for seed in range(3000)]
    share = np.mean([day.works_on_the_day for day in days])
    assert share == pytest.approx(days[0].works, abs=4 * np.sqrt(0.25 / 3000))


@given(st.integers(1, 8), st.floats(0, 1), st.floats(0, 1))
def test_more_suppliers_help_and_more_layers_hurt(layers, chance, shock):
    found = chain(layers, chance, 1, shock)
    assert (np.diff(found.by_suppliers) >= -1e-12).all()
    assert found.by_suppliers[-1] <= found.ceiling + 1e-12
    if layers > 1:
        assert found.works <= chain(layers - 1, chance, 1, shock).works + 1e-12
    assert found.works == pytest.approx((chance * (1 - shock)) ** layers)


def test_a_plant_keeps_its_luck_when_others_are_added():
    small, large = chain(3, 0.6, 2, seed=5), chain(5, 0.6, 4, seed=5)
    assert (large.day[:2, :3] == small.day).all()
    with pytest.raises(ValueError, match="read-only"):
        small.day[0, 0] = False


def test_sentences_and_table():
    assert chain().summary().endswith("a chain of 4 layers with 1 plant in each works on 656.")
    assert chain(1).summary().count("1 layer ") == 1
    assert "let it work on at most 656" in chain(4, 1.0, shock=0.1).summary()
    assert chain().to_frame().loc[3, "plants"] == 12


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: chain(0), "layers must be a whole number from 1 to 8"),
        (lambda: chain(suppliers=9), "the picture has room"),
        (lambda: chain(chance=1.5), "it is a chance"),
        (lambda: chain(shock=-1), "it is a chance"),
        (lambda: chain(seed=-1), "it starts the generator of chance"),
        (lambda: chain_works([0.9], [1, 2]), "give one of each for every layer"),
        (lambda: chain_works([0.9, 2], [1, 1]), "chance in layer 2"),
        (lambda: chain_works([0.9], [0]), "suppliers in layer 1"),
    ],
)
def test_refusals_say_what_to_do(call, said):
    with pytest.raises(ValueError, match=said):
        call()
