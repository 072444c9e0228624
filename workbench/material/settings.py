"""study.yml: title, languages, what informants may be, who codes, and the privacy thresholds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.base.files import read
from workbench.base.languages import LANGUAGES
from workbench.base.problems import Problem, near_miss
from workbench.base.records import Label, Link, Prose, Reader
from workbench.base.strict_yaml import Mapping, Sequence, parse
from workbench.material.assistant import Assistant, read_assistant
from workbench.material.informants import Vocabulary

AUTO = "auto"
"""The coder whose codings are found by the codebook's rules, not by anybody's judgement."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """How many people must stand behind what a report shows.

    `quote`: informants of a segment before anybody is quoted or counted in its report; below it
    the report rolls up to the parent. `share`: the largest part of a page's quotes that one
    person may have. `exact`: respondents behind a survey number before it is printed; with fewer,
    but as many as `quote`, a word stands for it, and below that nothing. `cell`: people below
    which a report prints no number of them, 1 for every number.
    """

    quote: int = 5
    share: float = 1 / 3
    exact: int = 10
    cell: int = 5

    @property
    def group(self) -> int:
        """Return how many informants a group needs before a report shows anything of its own."""
        return max(self.quote, self.cell)


@dataclass(frozen=True, slots=True)
class Grades:
    """Where a finding's grades begin (thresholds are practice, not theory).

    `repeated`, `broad`: people it cites. `contested`: people against it, as a share of those for
    it.
    """

    repeated: int = 2
    broad: int = 3
    contested: float = 0.5


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a whole study and for every run of its notebooks.

    `coders` are in order of weight: where several coded a document, the first one counts, and
    before them all `agreed`, the name under which agreed codings stand. Words that are more than
    `fresh` months older than the newest of the material are marked as old wherever they are quoted.
    `parameters` are given to every run, as they stand: what types they have notebooks declare.
    """

    title: Label = field(default_factory=lambda: Label({"fi": "Tutkimus"}))
    languages: tuple[str, ...] = ("fi",)
    coders: tuple[str, ...] = ()
    agreed: str = "sovittu"
    attributes: Vocabulary = field(default_factory=dict)
    privacy: Privacy = Privacy()
    grades: Grades = Grades()
    fresh: int = 24
    notice: Prose | None = None
    assistant: Assistant | None = None
    parameters: dict[Link, object] = field(default_factory=dict)

    @property
    def machines(self) -> tuple[str, ...]:
        """Return the coders that are nobody: rules of the codebook, and the assistant's model."""
        return (AUTO, self.assistant.coder) if self.assistant else (AUTO,)

    def judges(self, coder: str) -> bool:
        """Tell whether a coder's codings count and bear evidence: people's, and those named here.

        What a machine coded is compared like anybody's, and counts only if `coders` names it.
        """
        return coder not in self.machines or coder in self.coders


def settings_of(study: Path) -> Settings:
    """Return the settings of the study in a folder; what is missing or wrong takes the default."""
    path = study / "parameters" / "study.yml"
    settings = parse_settings(read(path)[0].content, path)[0] if path.exists() else Settings()
    return settings if settings.languages else replace(settings, languages=Settings().languages)


def parse_settings(text: str, path: Path) -> tuple[Settings, list[Problem]]:
    """Read study.yml; what is missing takes the default."""
    root, problems = parse(text, path)
    node = root.items.get("languages")
    named = list(node.items) if isinstance(node, Sequence) else [node] if node else []
    languages = tuple(n.value for n in named if hasattr(n, "value"))
    reader = Reader(path, problems, languages)
    for language in languages:
        if language not in LANGUAGES:
            line = root.lines["languages"]
            reader.add(line, f"no words in '{language}'.", near_miss(language, LANGUAGES))
    attributes = root.items.get("attributes")
    own = {k: v for k, v in root.items.items() if k not in ("attributes", "assistant")}
    vocabulary: Vocabulary = {}
    if isinstance(attributes, Mapping):
        for name, child in attributes.items.items():
            values = reader.value(dict[str, Label], child, name)
            vocabulary[name] = values if isinstance(values, dict) else {}
    asked = root.items.get("assistant")
    assistant = read_assistant(asked, reader) if asked is not None else None
    known = {"attributes": vocabulary, "assistant": assistant}
    settings = reader.record(Settings, Mapping(own, 1, root.lines), **known)
    settings = settings or Settings(languages=languages, attributes=vocabulary)
    at = settings.grades
    if not (2 <= at.repeated <= at.broad and at.contested > 0):
        message = "these grades cannot be told apart."
        hint = "Let 2 ≤ repeated ≤ broad, and contested be above 0."
        reader.add(root.lines["grades"], message, hint)
        settings = replace(settings, grades=Grades())
    if settings.privacy.cell == 2:
        message = "`cell: 2` hides nothing: fewer than two, and not none, is one."
        reader.add(root.lines["privacy"], message, "Write 3 or more, or 1 to show every number.")
        settings = replace(settings, privacy=replace(settings.privacy, cell=3))
    if assistant and assistant.coder in (AUTO, settings.agreed):
        line, hint = root.lines["assistant"], "Give the assistant another name."
        reader.add(line, f"'{assistant.coder}' is the name of other codings.", hint)
        settings = replace(settings, assistant=None)
    return settings, problems
