"""The quiz, the check and the readiness test of lesson 00."""

from __future__ import annotations

import statistics

import pytest

from course_lib import datasets
from course_lib.start_here import readiness
from course_lib.start_here.questions import doubling_quiz, ratio_check
from course_lib.start_here.readiness import check_this_computer


class TestDoubling:
    def test_seven_per_cent_doubles_in_about_ten_years(self):
        years = {option: 1.07 ** int(option) for option in doubling_quiz().options}
        assert min(years, key=lambda option: abs(years[option] - 2)) == doubling_quiz().answer
        assert round(1.07**10, 2) == 1.97  # as the quiz says

    def test_every_wrong_option_has_a_hint_of_its_own(self):
        quiz = doubling_quiz()
        said = [quiz.try_option(option) for option in quiz.options]
        assert len(set(said)) == len(quiz.options) == 4
        assert sum(words.startswith("Yes.") for words in said) == 1


class TestRatio:
    def test_right(self):
        assert ratio_check()(lambda y: max(y) / min(y)).passed == 3

    @pytest.mark.parametrize(
        "wrong",
        [
            lambda y: max(y) - min(y),
            lambda y: min(y) / max(y),
            lambda y: y[0] / y[-1],
            lambda y: max(y) / statistics.mean(y),
            lambda y: 4,
            lambda y: None,
        ],
    )
    def test_wrong(self, wrong):
        report = ratio_check()(wrong)
        assert report.passed < 3
        assert any("Hint" in finding.remark or finding.says_why for finding in report.findings)

    def test_hints_end_with_the_answer(self):
        check = ratio_check()
        remarks = [check(lambda y: 1).findings[1].remark for _ in range(3)]
        assert len(set(remarks)) == 3
        assert remarks[-1] == "Hint: return max(incomes) / min(incomes)"


class TestReady:
    def test_ready(self, tmp_path):
        said = repr(check_this_computer(tmp_path))
        assert said.endswith("Everything is ready.")
        assert said.count("✓") == 2

    def test_figures_that_are_damaged(self, tmp_path, monkeypatch):
        def damaged():
            raise datasets.DataFileError("The data file us_income.csv is damaged.")

        monkeypatch.setattr(datasets, "check_files", damaged)
        found = check_this_computer(tmp_path)
        assert found.missing == ("The data file us_income.csv is damaged.",)
        assert "✗ The data file us_income.csv is damaged." in repr(found)
        assert "Not everything is ready yet." in repr(found)

    def test_a_folder_that_is_read_only(self, tmp_path, monkeypatch):
        monkeypatch.setattr(readiness.os, "access", lambda *_: False)
        found = check_this_computer(tmp_path)
        assert "this folder is read-only" in found.missing[0]
        assert len(found.ready) == 1
