"""Graded sets: personal variants, checks while a student works, and the judge.

`personal_set` opens a set for a student. Each set has a module named after its lesson.
"""

from __future__ import annotations

from importlib import import_module

from course_lib.exercises.personal_set import ExerciseSet, PersonalSet
from course_lib.exercises.variants import PRACTICE

SETS = {
    "01_measuring_regions": "course_lib.exercises.measuring_regions",
    "02_agglomeration": "course_lib.exercises.agglomeration",
    "03_division_of_labour": "course_lib.exercises.division_of_labour",
    "04_gradient_transition": "course_lib.exercises.gradient_transition",
    "05_growth_poles": "course_lib.exercises.growth_poles",
    "06_production_complexes": "course_lib.exercises.production_complexes",
    "07_industrial_clusters": "course_lib.exercises.industrial_clusters",
    "08_innovation_and_synergy": "course_lib.exercises.innovation_and_synergy",
    "09_comparing_theories": "course_lib.exercises.comparing_theories",
    "10_california": "course_lib.exercises.california",
    "11_pearl_river_delta": "course_lib.exercises.pearl_river_delta",
    "12_policy_studio": "course_lib.exercises.policy_studio",
}

__all__ = ["PRACTICE", "SETS", "ExerciseSet", "PersonalSet", "exercise_set", "personal_set"]


def exercise_set(name: str) -> ExerciseSet:
    """The questions of one set, by the name of its lesson."""
    if name not in SETS:
        raise ValueError(f"There is no exercise set {name!r}. There are: {', '.join(SETS)}.")
    found: ExerciseSet = import_module(SETS[name]).SET
    return found


def personal_set(name: str, student: str, course_class: str = PRACTICE) -> PersonalSet:
    """Open a set for one student: the same number always gets the same tasks.

    Parameters
    ----------
    name : str
        The set, named after its lesson: ``01_measuring_regions``.
    student : str
        Student number.
    course_class : str
        The class. Whoever works alone leaves it out.

    Returns
    -------
    PersonalSet

    Raises
    ------
    ValueError
        If there is no such set, or no student number.
    """
    return PersonalSet(exercise_set(name), student, course_class)
