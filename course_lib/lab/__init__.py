"""The lab kit: turns a model, a chart and a few controls into something a student can use.

It knows nothing about regions. See ``Lab`` for labs, ``draw`` for pictures that stand still,
``words_table`` for tables to be read, ``Quiz`` and ``Check`` for questions, ``Writing`` for places
to write in, ``my_progress`` for what a student has done.
"""

from course_lib.lab.challenge import Challenge
from course_lib.lab.check import Check, CheckReport, Property
from course_lib.lab.controls import Choice, IntSlider, Seed, Several, Slider, Toggle, Values
from course_lib.lab.headline import Headline
from course_lib.lab.lab import Lab
from course_lib.lab.picture import Picture, draw
from course_lib.lab.prediction import Prediction
from course_lib.lab.progress import my_progress
from course_lib.lab.quiz import Quiz
from course_lib.lab.sweep import sweep
from course_lib.lab.teacher import teacher_view
from course_lib.lab.words_table import words_table
from course_lib.lab.writing import Writing
from course_lib.lab.written import Field

__all__ = [
    "Challenge",
    "Check",
    "CheckReport",
    "Choice",
    "Field",
    "Headline",
    "IntSlider",
    "Lab",
    "Picture",
    "Prediction",
    "Property",
    "Quiz",
    "Seed",
    "Several",
    "Slider",
    "Toggle",
    "Values",
    "Writing",
    "draw",
    "my_progress",
    "sweep",
    "teacher_view",
    "words_table",
]
