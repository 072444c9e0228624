"""A problem names place, fault and remedy, and cannot steer the terminal that shows it."""

from pathlib import Path

from workbench.base.problems import Level, Problem, near_miss, visible

PATH = Path("interviews/h01.md")


def test_a_problem_reads_as_place_fault_and_remedy() -> None:
    problem = Problem(PATH, 7, "turn [3] stands twice.", "Give one of them another number.")
    assert str(problem) == (
        "interviews/h01.md:7: turn [3] stands twice. Give one of them another number."
    )


def test_a_problem_without_a_remedy_ends_with_the_fault() -> None:
    assert str(Problem(PATH, 7, "there is no turn.")) == "interviews/h01.md:7: there is no turn."


def test_a_warning_says_that_it_is_one() -> None:
    problem = Problem(PATH, 2, "letters are decomposed.", level=Level.WARNING)
    assert str(problem) == "interviews/h01.md:2: warning: letters are decomposed."


def test_problems_sort_by_file_and_then_by_line_as_a_number() -> None:
    late, early = Problem(PATH, 10, "a"), Problem(PATH, 9, "b")
    other = Problem(Path("interviews/h00.md"), 99, "c")
    assert sorted([late, early, other]) == [other, early, late]


def test_an_escape_sequence_in_a_file_is_shown_and_not_sent() -> None:
    problem = Problem(PATH, 1, "no code '\x1b[2Jhaitta'.")
    assert str(problem) == r"interviews/h01.md:1: no code '\x1b[2Jhaitta'."


def test_a_line_break_in_a_message_does_not_begin_a_line() -> None:
    assert "\n" not in str(Problem(PATH, 1, "no code 'a\nparameters/x.yml:1: fine'."))


def test_letters_that_turn_the_reading_direction_are_shown_by_number() -> None:
    assert visible("a\u202eb") == r"a\u202eb"


def test_finnish_letters_quotes_and_dashes_stay_readable() -> None:
    assert visible("Käyttö – ”hyvä” ei 5 €") == "Käyttö – ”hyvä” ei 5 €"


def test_the_nearest_known_word_is_asked_for() -> None:
    known = ["saavutettavuus", "kohteliaisuus", "odotusaika"]
    assert near_miss("savutettavuus", known) == "Did you mean 'saavutettavuus'?"


def test_where_nothing_is_near_a_few_known_words_are_listed_in_order() -> None:
    assert near_miss("xyz", ["tori", "koulu", "koulu"]) == "Known: koulu, tori."


def test_where_nothing_is_near_many_known_words_are_not_listed() -> None:
    assert near_miss("xyz", [f"koodi{n}" for n in range(8)]).startswith("Known: koodi0,")
    assert near_miss("xyz", [f"koodi{n}" for n in range(9)]) == ""
