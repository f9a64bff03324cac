"""Why the models of lesson 08 give what they give: each cause is changed alone."""

import numpy as np
import pytest

from course_lib.innovation_and_synergy.advantage_map import SPOKES, advantage_map
from course_lib.innovation_and_synergy.attention import attention
from course_lib.innovation_and_synergy.learning import learning
from course_lib.innovation_and_synergy.life_cycle import life_cycle
from course_lib.innovation_and_synergy.pipelines import buzz_weights, pipelines
from course_lib.innovation_and_synergy.specialised_or_diverse import specialised_or_diverse
from course_lib.innovation_and_synergy.synergy import synergy


def test_spillovers_help_both_and_capacity_decides_whom_most():
    little, much = learning(spillover=0.1), learning(spillover=0.5)
    assert much.leader_cost[-1] < little.leader_cost[-1]
    assert much.latecomer_cost[-1] < little.latecomer_cost[-1]
    assert much.lead >= little.lead
    # With latecomers who can use all, the leader's advantage goes.
    able, more_able = learning(0.1, absorption=1.0), learning(0.5, absorption=1.0)
    assert more_able.lead < able.lead


def test_the_head_start_hides_the_difference_in_year_40():
    with_head_start = learning(0.5).lead - learning(0.0).lead
    without = learning(0.5, entry_year=1).lead - learning(0.0, entry_year=1).lead
    assert with_head_start < 0.01
    assert without > 0.1


def test_the_head_start_counts_less_and_less():
    leads = [learning(0.0, horizon=years).lead for years in (40, 400, 4000)]
    assert leads[0] > 4 * leads[1] > 16 * leads[2] > 0


def test_what_stays_is_what_latecomers_cannot_use():
    assert learning(0.5, absorption=0.5).long_run_lead == pytest.approx(0.12, abs=0.005)
    assert learning(0.5, absorption=1.0).long_run_lead == pytest.approx(0)
    assert learning(0.0, absorption=0.5).long_run_lead == pytest.approx(0)
    far = learning(0.5, absorption=0.5, horizon=1_000_000)
    assert far.lead == pytest.approx(far.long_run_lead, rel=1e-4)


def test_talk_alone_makes_firms_equal_and_adds_nothing():
    talk, silence = pipelines(linked=0, buzz=0.5), pipelines(linked=0, buzz=0.0)
    assert np.ptp(talk.known[-1]) < 0.001 < np.ptp(silence.known[-1])
    assert talk.known[-1].mean() == pytest.approx(silence.known[-1].mean())
    # They fall behind only because the frontier moves: let it stand, and they keep what they know.
    still = pipelines(linked=0, buzz=0.5, frontier_growth=1e-9)
    assert still.known[-1].mean() == pytest.approx(still.known[0].mean())


def test_buzz_and_a_pipeline_do_together_what_neither_does_alone():
    only_talk = pipelines(linked=0, buzz=0.5).mean_long_run
    only_pipeline = pipelines(linked=1, buzz=0.0).mean_long_run
    both = pipelines(linked=1, buzz=0.5).mean_long_run
    assert only_talk == pytest.approx(0, abs=1e-9)
    assert both > 3 * (only_talk + only_pipeline)


def test_the_linked_firm_learns_more_because_its_gap_is_larger():
    silent, talking = pipelines(linked=1, buzz=0.0), pipelines(linked=1, buzz=0.5)
    gap_before, gap_after = 1 - silent.long_run[0], 1 - talking.long_run[0]
    assert gap_after > gap_before
    # All that the cluster learns comes in there, and by about as much more as the gap is larger.
    assert talking.mean_long_run / silent.mean_long_run == pytest.approx(
        gap_after / gap_before, rel=0.1
    )


@pytest.mark.parametrize(("shape", "weight"), [("ring", 1 / 9), ("star", 1 / 2)])
def test_a_firm_counts_in_proportion_to_its_listeners(shape, weight):
    talk = buzz_weights(9, 0.5, shape)
    in_the_end = np.linalg.matrix_power(talk, 10_000)[0]
    listeners = (talk > 0).sum(axis=0) - 1  # it hears itself as well
    assert in_the_end == pytest.approx(listeners / listeners.sum())
    assert in_the_end[0] == pytest.approx(weight)


def test_the_formula_is_met_when_talk_has_time():
    formula = 0.1 / 9 / (0.1 / 9 + 0.02)
    distances = [
        formula
        - pipelines(buzz=0.5, pipeline=0.2 / slow, frontier_growth=0.02 / slow).mean_long_run
        for slow in (1, 10, 100)
    ]
    assert distances[0] > 4 * distances[1] > 16 * distances[2] > 0


def test_the_third_hand_adds_most_only_for_complements():
    def steps(sigma):
        abilities = [synergy(s, sigma).ability for s in ((0.3,) * 3, (0.9, 0.3, 0.3))]
        abilities += [synergy(s, sigma).ability for s in ((0.9, 0.9, 0.3), (0.9,) * 3)]
        return np.diff(abilities)

    assert (np.diff(steps(1.0)) > 0).all()
    assert steps(1.0).round(2).tolist() == [0.13, 0.19, 0.28]
    assert np.ptp(steps(1e6)) == pytest.approx(0, abs=1e-5)


def test_the_scarce_partner_counts_because_others_cannot_stand_in():
    def rise(partners, sigma):
        return synergy(partners, sigma).ability / synergy((0.5, 0.4, 0.1), sigma).ability - 1

    assert rise((1.0, 0.4, 0.1), 0.5) < 0.1 < 0.5 < rise((0.5, 0.4, 0.2), 0.5)
    assert rise((1.0, 0.4, 0.1), 1e6) > rise((0.5, 0.4, 0.2), 1e6)


def test_size_lowers_cost_and_thins_what_each_can_use():
    few, many = (dict(zip(SPOKES, advantage_map(n).lengths, strict=True)) for n in (5, 20))
    assert many["lower cost"] > few["lower cost"]
    assert many["learning by doing"] < few["learning by doing"]
    assert many["outside knowledge"] < few["outside knowledge"]
    # With a pipeline for each firm the outside knowledge does not fall, ...
    each_linked = [advantage_map(firms, linked=firms).lengths[2] for firms in (5, 20)]
    assert each_linked[1] == pytest.approx(each_linked[0])
    # ... and with all of the common experience in use learning does not.
    assert advantage_map(20, spillover=1, absorption=1).lengths[1] == pytest.approx(1)


def test_the_shock_takes_more_than_specialisation_had_gained():
    def cities(shock):
        return specialised_or_diverse(shock=shock, shock_year=25)

    before = cities(0.0)
    lead = before.output[25, 0] / before.output[25, 1] - 1
    after = cities(0.2)
    lost = [1 - after.output[25, i] / before.output[25, i] for i in range(2)]
    assert lost == pytest.approx([0.2, 0.05])
    assert lead < (1 - lost[1]) / (1 - lost[0]) - 1
    assert (before.larger, after.larger) == ("specialised", "diverse")


def test_ties_blind_because_attention_is_scarce():
    assert attention(inward=0.8).here < attention(inward=0.5).here
    # Where talk takes nothing from the pipelines, more talk is never worse.
    free = [pipelines(linked=3, buzz=buzz).mean_long_run for buzz in (0.35, 0.5, 0.8)]
    assert free == sorted(free)


def test_a_firm_near_the_frontier_gains_more_by_talk_than_by_looking():
    half, all_of_it = attention(absorption=0.5), attention(absorption=1.0)
    assert all_of_it.best_share - half.best_share > 0.05
    seen = [pipelines(linked=3, buzz=0.0, pipeline=0.2, absorption=one) for one in (0.5, 1.0)]
    assert [found.long_run[0] for found in seen] == pytest.approx([0.1 / 0.12, 0.2 / 0.22])
    # Where pipelines are so weak that nobody comes near the frontier, using all changes nothing.
    far = [attention(strongest=0.001, absorption=one).best_share for one in (0.5, 1.0)]
    assert far[0] == far[1]


def test_fast_growth_ends_lower_because_it_uses_up_variety():
    slow, fast = life_cycle(), life_cycle(growth=0.4)
    assert fast.peak_firms > slow.peak_firms
    assert fast.peak_year < slow.peak_year
    assert fast.firms_in(60) < slow.firms_in(60)
    # Nearly without imitation variety lasts, and then faster growth means more firms.
    slow, fast = (life_cycle(growth=g, imitation=1e-8, horizon=40) for g in (0.2, 0.4))
    assert fast.firms_in(40) > slow.firms_in(40)
