"""The capstone report: one page, with everything in it, and nothing ever lost."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from course_lib.lab import draw
from course_lib.policy_studio import charts, labs
from course_lib.policy_studio.game import play_game
from course_lib.policy_studio.report import PARTS, count_words, report, rubric
from course_lib.policy_studio.western_programme import western_programme

LONG = "word " * 50
FULL = dict.fromkeys(PARTS, LONG)


class Page(HTMLParser):
    """What a browser would find: addresses, tags, and that every tag is closed in order."""

    def __init__(self, text: str):
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action")]
        if tag not in ("meta", "img", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


class TestPage:
    def test_holds_everything_and_needs_nothing(self) -> None:
        lab = labs.region_type_lab()
        picture = draw(charts.four_regions, western_programme(), "A picture of the West.")
        game = play_game(["knowledge"] * 6, 2)
        text = report(FULL, author="Ada", title="West", shows=[lab, picture, game]).html()
        page = Page(text)
        assert page.open == []
        assert page.tags.count("img") == 2
        assert len(page.addresses) == 2
        for address in page.addresses:
            assert address.startswith("data:image/png;base64,")
            png = base64.b64decode(address.partition(",")[2], validate=True)
            assert png.startswith(b"\x89PNG")
        assert not re.search(r"https?://|@import|url\(|<script", text)
        assert "A picture of the West." in page.text
        assert lab.sentence in page.text
        assert game.summary() in page.text
        assert page.tags.count("table") == 1
        assert len(re.findall(r'alt="[^"]{20,}"', text)) == 2

    def test_what_a_lab_keeps_in_sight_is_not_printed(self) -> None:
        lab = labs.region_type_lab()
        lab.settle()
        assert lab.kept is not None
        moved = report(FULL, shows=[lab]).pictures[0]
        lab.kept = None
        assert report(FULL, shows=[lab]).pictures[0] == moved == (lab.canvas.png(), lab.sentence)

    def test_is_made_for_paper(self) -> None:
        text = report(FULL).html()
        assert "@page { size: A4;" in text
        assert "@media print" in text
        assert 'lang="en"' in text
        assert '<meta charset="utf-8">' in text

    def test_parts_in_order_with_their_headings(self) -> None:
        answers = {name: f"answer-{name} " + LONG for name in reversed(list(PARTS))}
        text = Page(report(answers).html()).text
        places = [text.index(f"answer-{name}") for name in PARTS]
        assert places == sorted(places)
        for part in PARTS.values():
            assert part.heading in text

    def test_what_is_written_is_text_and_no_page(self) -> None:
        evil = "<script>alert(1)</script> & <img src=x onerror=y> \"'"
        page = Page(report(FULL | {"region": evil}, author=evil, title=evil).html())
        assert "script" not in page.tags
        assert "img" not in page.tags
        assert page.text.count("<script>alert(1)</script> & <img src=x onerror=y>") == 4

    def test_paragraphs_and_other_languages(self) -> None:
        text = report(FULL | {"region": "珠江三角洲\n\n  Ñandú\nzwei"}).html()
        assert "<p>珠江三角洲</p><p>Ñandú zwei</p>" in text

    def test_an_empty_part_says_so(self) -> None:
        assert report({"region": LONG}).html().count("Not answered.") == len(PARTS) - 1


class TestSave:
    def test_a_second_export_gets_a_number(self, tmp_path) -> None:
        first = report(FULL, author="Ada L.", title="One").save(tmp_path)
        second = report(FULL, author="Ada L.", title="Two").save(tmp_path)
        assert "capstone_ada-l.html in the folder" in first
        assert "print it there to save it as a PDF" in first
        assert "capstone_ada-l_2.html in the folder" in second
        assert "; capstone_ada-l.html was there before" in second
        assert "One" in (tmp_path / "capstone_ada-l.html").read_text("utf-8")
        assert "Two" in (tmp_path / "capstone_ada-l_2.html").read_text("utf-8")

    def test_a_half_written_report_is_saved_all_the_same(self, tmp_path) -> None:
        said = report({"region": "A start."}).save(tmp_path)
        assert "capstone_mine.html" in said
        assert "Your name is missing." in said
        assert "A start." in (tmp_path / "capstone_mine.html").read_text("utf-8")

    def test_an_empty_one_is_not(self, tmp_path) -> None:
        said = report(dict.fromkeys(PARTS, ...), author=..., title=...).save(tmp_path)
        assert said.startswith("Nothing is saved yet")
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_is_not_there(self, tmp_path) -> None:
        with pytest.raises(ValueError, match="could not be written"):
            report(FULL).save(tmp_path / "nowhere")

    def test_half_a_sign_does_not_lose_the_rest(self, tmp_path) -> None:
        report(FULL | {"region": "before \ud83d after"}, author="B").save(tmp_path)
        assert "after" in (tmp_path / "capstone_b.html").read_text("utf-8")


class TestWhatIsMissing:
    def test_nothing(self) -> None:
        done = report(FULL, author="A", title="T")
        assert done.missing == []
        assert done.words == 50 * len(PARTS)
        assert "7 of 7 parts, 350 words and 0 pictures." in done.summary()

    def test_everything(self) -> None:
        blank = report(dict.fromkeys(PARTS, ...), author=..., title=...)
        assert len(blank.missing) == len(PARTS) + 2
        assert blank.words == 0

    def test_short(self) -> None:
        assert "has 1 word: can" in report(FULL | {"risk": "None."}).missing[-1]

    def test_words(self) -> None:
        assert count_words("") == 0
        assert count_words("It's 3.5 per cent, well-known.") == 5
        assert count_words("珠江 delta 2") == 4

    @pytest.mark.parametrize(
        ("answers", "more", "sentence"),
        [
            ({"regions": "x"}, {}, "no part 'regions'. The parts are: region, strategy"),
            ("my text", {}, "a dictionary from parts to texts"),
            ({"region": 7}, {}, "the part region must be text"),
            ({}, {"author": 7}, "author must be text"),
            ({}, {"shows": ["a string"]}, "a str cannot go into the report"),
        ],
    )
    def test_bad_input_gets_a_sentence(self, answers, more, sentence) -> None:
        with pytest.raises(ValueError, match=sentence):
            report(answers, **more)


class TestRubric:
    def test_24_points(self) -> None:
        assert rubric()["points"].sum() == 24
        table = report(FULL).to_frame()
        assert isinstance(table, pd.DataFrame)
        assert table["points"].sum() == 24
        assert (table["words"] == 50).all()
