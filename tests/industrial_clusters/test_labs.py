"""What the predictions of lesson 07 come to, and that their words quote the right figures."""

import pytest

from course_lib.industrial_clusters import labs
from course_lib.industrial_clusters.spin_offs import expected_firms, spin_offs
from course_lib.industrial_clusters.trust import repeated_dealing
from course_lib.lab import Lab

REACHED = {"find_clusters_lab": {"least_quotient": 5.0, "least_plants": 20, "top": 0.1}}
OUTCOMES = {
    "find_clusters_lab": "tenth",
    "trust_lab": "cheat",
    "lock_in_lab": "nearly",
    "dartboard_lab": "most",
    "transaction_costs_lab": "twice",
    "reputation_lab": "thirty",
    "network_lab": "dies",
    "arthur_lab": "none",
    "spin_offs_lab": "smaller",
    "firm_grid_lab": "seventy",
}


def make(name: str) -> Lab:
    return getattr(labs, name)()


@pytest.mark.parametrize(
    ("name", "setting", "outcome"),
    [
        ("find_clusters_lab", {"least_share": 0.0}, "all"),
        ("find_clusters_lab", {"least_quotient": 2.0}, "half"),
        ("find_clusters_lab", {"least_share": 0.01}, "quarter"),
        ("trust_lab", {"detection": 0.9}, "honest"),
        ("trust_lab", {"detection": 0.5, "fine": 1.0}, "even"),
        ("lock_in_lab", {"pull": 1.2}, "some"),
        ("lock_in_lab", {"pull": 1.5}, "most"),
        ("lock_in_lab", {"pull": 0.5}, "none"),
        ("dartboard_lab", {"plants": 50}, "nearly"),
        ("dartboard_lab", {"plants": 5}, "some"),
        ("dartboard_lab", {"plants": 5, "gamma": 0.8}, "few"),
        ("transaction_costs_lab", {"trust": 0.05}, "wider"),
        ("transaction_costs_lab", {"courts": 0.3}, "narrower"),
        ("reputation_lab", {"fine": 5.0}, "sixteen"),
        ("reputation_lab", {"fine": 7.0}, "twenty"),
        ("reputation_lab", {"fine": 10.0}, "any"),
        ("network_lab", {"shortcuts": 2}, "harder"),
        ("network_lab", {"ratio": 10.0}, "same"),
        ("network_lab", {"neighbours": 4}, "dies"),
        ("arthur_lab", {"ceiling": 29}, "half"),
        ("arthur_lab", {"ceiling": 26}, "some"),
        ("arthur_lab", {"ceiling": 300}, "most"),
        ("spin_offs_lab", {"arrivals": 0.0}, "larger"),
        ("spin_offs_lab", {}, "same"),
        ("firm_grid_lab", {"wanted": 2}, "sixty"),
        ("firm_grid_lab", {"wanted": 7}, "half"),
    ],
)
def test_another_setting_has_another_outcome(name, setting, outcome):
    """The outcome is read off the two results: with other ones it says something else."""
    lab = make(name)
    before = lab.result
    after = lab.set(**setting).result
    assert lab.predict.settle(before, after) == outcome


def test_questions_quote_what_the_models_say():
    assert "1,262 strong clusters" in make("find_clusters_lab").predict.question
    assert make("find_clusters_lab").result.count == 1262
    assert make("trust_lab").result.patience_needed == 0.5
    assert make("trust_lab").result.honest_pays
    assert repeated_dealing(0.5).patience_needed == pytest.approx(0.67, abs=0.005)
    assert make("lock_in_lab").result.nearly_all == 0
    assert make("arthur_lab").result.nearly_all > 0.95
    assert make("transaction_costs_lab").result.band == pytest.approx((5, 16.7), abs=0.05)
    assert make("network_lab").result.helping_spreads
    assert make("reputation_lab").result.most_firms == 6
    assert make("reputation_lab").set(fine=5).result.most_firms == 12
    for story in ((0.1, 0.1), (0.05, 0.5)):
        assert round(float(expected_firms(*story, 30))) == 39
    lab = make("firm_grid_lab")
    assert lab.result.wanted == 1
    assert lab.result.alike[0] == pytest.approx(0.5, abs=0.02)


def test_the_two_stories_end_like_this_in_most_histories():
    """The outcome of one history is that of nearly all of them: no lucky seed was chosen."""
    smaller = [
        spin_offs(0.05, 0.5, 30, seed).largest_family
        < 0.9 * spin_offs(0.1, 0.1, 30, seed).largest_family
        for seed in range(200)
    ]
    assert sum(smaller) > 180


def test_what_the_lesson_says_to_try():
    """The numbers of the lesson's text, computed again."""
    lab = make("find_clusters_lab")
    assert len(lab.result.cells) == 5926
    assert lab.set(top=1.0).result.count == 2582
    found = lab.reset().set(least_share=0.05, least_quotient=2.0, least_plants=20).result
    assert (found.count, found.places) == (35, 6)
    first = lab.reset().set(least_plants=50).result.best.iloc[0]
    assert (first["place"], first["industry"]) == ("Napa, CA", "Beverage Manufacturing")

    lab = make("trust_lab").set(detection=0.5)
    assert lab.set(patience=0.68).result.honest_pays
    assert not lab.set(patience=0.66).result.honest_pays
    assert lab.set(patience=0.6, fine=1.0).result.honest_pays
    assert not lab.set(fine=0.75).result.honest_pays

    lab = make("lock_in_lab").set(pull=1.5)
    assert 0.4 < lab.result.nearly_all < 0.6
    assert 0.4 < make("arthur_lab").set(ceiling=29).result.nearly_all < 0.6
    lab = make("spin_offs_lab")
    assert (lab.result.firms, lab.set(spawning=0.05, arrivals=0.5).result.firms) == (20, 27)
