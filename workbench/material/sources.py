"""All counted material of a study: each table of `observations/` read by the yml beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.base.files import read
from workbench.base.languages import in_order
from workbench.base.problems import Level, Problem, near_miss
from workbench.base.strict_yaml import Scalar, parse
from workbench.material.counted import check_marks
from workbench.material.encounters import Encounters, check_encounters, parse_encounters
from workbench.material.feedback import Feedback, parse_feedback
from workbench.material.informants import Vocabulary
from workbench.material.segments import Segments
from workbench.material.surveys import Survey, parse_survey

READERS: dict[str, Callable[..., tuple[Any, list[Problem]]]] = {
    "survey": parse_survey,
    "feedback": parse_feedback,
    "encounters": parse_encounters,
}


@dataclass(frozen=True, slots=True)
class Sources:
    """Surveys, direct feedback and encounter counts, each by the name of its files."""

    surveys: dict[str, Survey] = field(default_factory=dict)
    feedback: dict[str, Feedback] = field(default_factory=dict)
    encounters: dict[str, Encounters] = field(default_factory=dict)

    def check(
        self,
        content: Container[str],
        facets: Container[str],
        channels: Collection[str],
        kinds: Collection[str],
        hint: Callable[[str, bool], str],
    ) -> list[Problem]:
        """Note codes that are not in the codebook; `hint(name, is_code)` says what to do."""
        problems = []
        for survey in self.surveys.values():
            named = (q for q in survey.form.items.values() if q.code and q.code not in content)
            problems += [
                q.code.place.problem(f"no code '{q.code}'.", hint(q.code, True))
                for q in named
                if q.code
            ]
        given = [survey.marks() for survey in self.surveys.values()]
        given += [feedback.marks() for feedback in self.feedback.values()]
        for marks in given:
            problems += check_marks(marks, content, facets, hint)
        for encounters in self.encounters.values():
            problems += check_encounters(encounters, channels, kinds)
        return problems


def load_sources(
    folder: Path, languages: tuple[str, ...], vocabulary: Vocabulary, segments: Segments
) -> tuple[Sources, list[Problem]]:
    """Read every description and its table in `folder`; one without the other is a problem."""
    found: dict[str, dict[str, Any]] = {kind: {} for kind in READERS}
    problems: list[Problem] = []
    tables = {path.stem: path for path in folder.glob("*.csv")}
    forms = {path.stem: path for path in folder.glob("*.yml") if not path.match("*.decisions.yml")}
    for name in in_order(forms.keys() | tables.keys()):
        if name not in forms:
            message = "nothing says what this table holds."
            hint = f"Write {name}.yml beside it, or use `workbench import`."
            problems.append(Problem(tables[name], 1, message, hint))
        elif name not in tables:
            message = f"there is no {name}.csv beside this description."
            hint = "Put the table there, or remove the description."
            problems.append(Problem(forms[name], 1, message, hint))
        elif made := _source(forms[name], tables[name], problems, languages, vocabulary, segments):
            found[made[0]][name] = made[1]
    return Sources(found["survey"], found["feedback"], found["encounters"]), problems


def _source(
    form: Path, table: Path, problems: list[Problem], *known: object
) -> tuple[str, Any] | None:
    """Return the kind of a source and the source, or None if it cannot be read as a whole."""
    texts = [read(path) for path in (form, table)]
    faults = [fault for _, found in texts for fault in found]
    problems += faults
    if any(fault.level is Level.ERROR for fault in faults):
        return None
    root, wrong = parse(texts[0][0].content, form)
    node = root.items.get("kind")
    kind = node.value if isinstance(node, Scalar) else ""
    if kind not in READERS:
        line = root.lines.get("kind", 1)
        message = f"a table cannot be of the kind '{kind}'." if kind else "'kind' is missing."
        problems += wrong or [Problem(form, line, message, near_miss(kind, READERS))]
        return None
    made, found = READERS[kind](texts[0][0].content, form, texts[1][0].content, table, *known)
    problems += found
    return None if made is None else (kind, made)
