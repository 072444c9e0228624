"""Studies of people: as many as a test needs, each written in a line, and the example's."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import workbench as wb
from tests.conftest import STUDY, write_study
from tests.environment import ROOT

SAID = {
    "a": ("saavutettavuus", "Linja oli varattu."),
    "b": ("odotusaika", "Jonotin kauan."),
    "c": ("kohteliaisuus", "Ystävällisesti vastattiin."),
    "d": ("nimetty-yhteyshenkilö", "Sama ihminen aina."),
}
"""A letter, the code it stands for and the words that are coded so."""
_HEAD = """\
---
id: {id}
kind: interview
date: 2010-03
informant: {person}
interviewer: TK
language: fi
---
[1] TK: {asked}

"""


@functools.cache
def example() -> wb.Study:
    """Return the example study, read once."""
    return wb.load(ROOT)


def write_people(
    folder: Path,
    people: Mapping[str, str],
    *,
    said: Mapping[str, str] | None = None,
    asked: str = "Miten saat yhteyden?",
    changes: Mapping[str, str | None] | None = None,
) -> Path:
    """Write a study of `people`: pseudonym -> "role sector letters", such as "esimies koulu ab".

    `said` are words somebody says beside the coded ones; `asked` is what everybody is asked.
    """
    rooms = ("interviews", "observations", "parameters/care")
    none = {name: None for name in STUDY if name.startswith(rooms)}
    files: dict[str, str | None] = {**none, **(changes or {})}
    rows = []
    for person, line in people.items():
        role, sector, *letters = line.split()
        rows.append(f"{person}: {{side: customer, role: {role}, sector: {sector}}}\n")
        turns, codings = [(said or {}).get(person, "")], []
        for n, letter in enumerate("".join(letters), 3):
            code, text = SAID[letter]
            turns.append(text)
            codings.append(f"{n}\t0\t{len(text)}\t{code}\t\t{text}\t\n")
        name = f"interviews/{person.lower()}"
        head = _HEAD.format(id=person.lower(), person=person, asked=asked)
        files[f"{name}.md"] = head + "".join(
            f"[{n}] {person}: {text}\n\n" for n, text in enumerate(turns, 2)
        )
        files[f"{name}.aino.tsv"] = "turn\tstart\tend\tcode\tfacets\tquote\tmemo\n" + "".join(
            codings
        )
    files.setdefault("parameters/informants.yml", "".join(rows))
    return write_study(folder, files)
