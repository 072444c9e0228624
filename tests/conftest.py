"""A small study in a folder, for tests that need one; every test gets a fresh copy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from workbench.base.records import Place
from workbench.coding.codings import Coding, Passage, format_codings

STUDY = {
    "parameters/study.yml": """\
title: {fi: Koe, en: Trial}
languages: [fi, en]
coders: [aino, eero]
privacy: {quote: 2, cell: 1}
attributes:
  role:
    esimies: {fi: esimies, en: supervisor}
    palkansaaja: {fi: palkansaaja, en: payee}
  sector:
    koulu: {fi: koulu, en: school}
    tori: {fi: tori, en: market}
""",
    "parameters/informants.yml": """\
E01: {side: customer, role: esimies, sector: koulu, consent: {quote: true}}
E02: {side: customer, role: esimies, sector: koulu, consent: {quote: true}}
E03: {side: customer, role: esimies, sector: tori, consent: {quote: false}}
S01: {side: provider}
""",
    "parameters/segments/esimiehet.yml": """\
label: {fi: Esimiehet, en: Supervisors}
level: rollup
rule: {role: esimies}
population: {value: 720, source: s. 20}
""",
    "parameters/segments/esimiehet-koulu.yml": """\
label: {fi: Koulun esimiehet, en: School supervisors}
level: base
parent: esimiehet
rule: {role: esimies, sector: koulu}
population: {value: null, source: ei tiedossa}
""",
    "parameters/segments/esimiehet-tori.yml": """\
label: {fi: Torin esimiehet, en: Market supervisors}
level: base
parent: esimiehet
rule: {role: esimies, sector: tori}
population: {value: null, source: ei tiedossa}
""",
    "parameters/codebook/laatutekijat.yml": """\
label: {fi: Laatu, en: Quality}
codes:
  saavutettavuus:
    ref: DET.04
    label: {fi: Saavutettavuus, en: Access}
    definition: Saako yhteyden.
    codes:
      odotusaika:
        ref: DET.04.2
        label: {fi: Odotusaika, en: Waiting}
        definition: Jonotus.
  kohteliaisuus:
    ref: DET.05
    label: {fi: Kohteliaisuus, en: Courtesy}
    definition: Käytös.
  nimetty-yhteyshenkilö:
    ref: NEED.3
    label: {fi: Nimetty yhteyshenkilö, en: Named contact}
    definition: Yksi ihminen.
""",
    "parameters/codebook/nakokulma.yml": """\
label: {fi: Näkökulma, en: View}
kind: facet
codes:
  odotettu: {ref: VIEW.E, label: {fi: Odotettu, en: Expected}, definition: toive}
  koettu: {ref: VIEW.X, label: {fi: Koettu, en: Experienced}, definition: kokemus}
  "+": {ref: TONE.P, label: {fi: Hyvä, en: Good}, definition: kiitos}
  "-": {ref: TONE.N, label: {fi: Huono, en: Bad}, definition: moite}
""",
    "interviews/h01.md": """\
---
id: h01
kind: interview
date: 2010-02
informant: E01
interviewer: TK
language: fi
---
[1] TK: Miten saat yhteyden?

[2] E01: Pitäis päästä heti läpi. Mä jonotin puoli tuntia, ihan turhaan.

[3] E01: Ystävällisiä ne kyllä on aina.
""",
    "interviews/h01.aino.tsv": """\
turn\tstart\tend\tcode\tfacets\tquote\tmemo
2\t0\t24\tsaavutettavuus\todotettu\tPitäis päästä heti läpi.\t
2\t25\t49\todotusaika\tkoettu -\tMä jonotin puoli tuntia,\tseuraa
3\t0\t32\tkohteliaisuus\tkoettu +\tYstävällisiä ne kyllä on aina.\t
""".replace("\t32\t", "\t30\t"),
    "interviews/h01.eero.tsv": """\
turn\tstart\tend\tcode\tfacets\tquote\tmemo
2\t25\t49\tsaavutettavuus\tkoettu -\tMä jonotin puoli tuntia,\t
""",
    "interviews/h02.md": """\
---
id: h02
kind: interview
date: 2010-03
informant: E02
interviewer: TK
language: fi
---
[1] TK: Entä sinä?

[2] E02: Mulla on oma ihminen jolle soitan, ja se vastaa.

[3] E02: Saisi olla aina se sama.
""",
    "interviews/h02.aino.tsv": """\
turn\tstart\tend\tcode\tfacets\tquote\tmemo
2\t0\t48\tsaavutettavuus\tkoettu +\tMulla on oma ihminen jolle soitan, ja se vastaa.\t
3\t0\t25\tnimetty-yhteyshenkilö\todotettu\tSaisi olla aina se sama.\t
""".replace("\t25\tnimetty", "\t24\tnimetty"),
    "interviews/h03.md": """\
---
id: h03
kind: interview
date: 2010-03
informant: E03
interviewer: TK
language: fi
---
[1] E03: Linja oli taas varattu.
""",
    "interviews/h03.aino.tsv": """\
turn\tstart\tend\tcode\tfacets\tquote\tmemo
1\t0\t23\tsaavutettavuus\tkoettu -\tLinja oli taas varattu.\t
""",
    "observations/o01.md": """\
---
id: o01
kind: observation
date: 2010-03
observer: TK
speakers: [soittaja1]
side: customer
role: esimies
place: puhelinpalvelu
language: fi
---
[1] 9.00 Jonossa seitsemän.

[2] soittaja1: Viimeinkin joku vastaa.
""",
    "observations/o01.aino.tsv": """\
turn\tstart\tend\tcode\tfacets\tquote\tmemo
1\t5\t22\todotusaika\tkoettu -\tJonossa seitsemän\t
2\t0\t23\tsaavutettavuus\tkoettu -\tViimeinkin joku vastaa.\t
""",
    "parameters/care/parties.yml": """\
kasittelija: {label: {fi: oma käsittelijä, en: own handler}, side: provider}
esimies: {label: {fi: esimies, en: supervisor}, side: customer}
""",
    "parameters/care/findings.yml": """\
F01:
  statement: {fi: Puhelimella ei pääse läpi., en: The phone line is jammed.}
  type: problem
  segments: [esimiehet]
  evidence: [h01/2 odotusaika, h03/1 saavutettavuus]
  counter: [h02/2 saavutettavuus]
""",
    "parameters/care/needs.yml": """\
N01:
  statement: {fi: Yksi nimetty ihminen., en: One named person.}
  code: nimetty-yhteyshenkilö
  findings: [F01]
""",
    "parameters/care/actions.yml": """\
T01:
  what: {fi: Julkaistaan nimet., en: Names are published.}
  first_step: {fi: Kerää nimet taulukkoon., en: Collect the names.}
  owner: kasittelija
  due: 2010-09-01
  measure: {fi: Nimi jokaiselle yksikölle., en: A name for each unit.}
  effort: S
  horizon: months
  needs: [N01]
""",
    "parameters/care/plans/esimiehet.yml": """\
starting_information:
  - {text: {fi: Soitetaan aamulla., en: Calls come in the morning.}, needs: [N01]}
relationship:
  phase: established
  value_customer: {text: {fi: Vastaus., en: An answer.}, needs: [N01]}
  value_provider: {text: {fi: Vähemmän soittoja., en: Fewer calls.}, needs: [N01]}
responsibilities:
  - task: {fi: Nimilista, en: List of names}
    responsible: [kasittelija]
    accountable: kasittelija
    informed: [esimies]
    needs: [N01]
development: [T01]
follow_up: 2011-01
""",
}


CARD = """\
name: {fi: Kortti, en: Card}
promise: {fi: Lupaus, en: Promise}
segments: [esimiehet]
when: {fi: Aina, en: Always}
inputs: [{what: {fi: Lomake, en: Form}}]
result: {fi: Palkka, en: Pay}
contact: {fi: Oma käsittelijä, en: Own handler}
owner: kasittelija
review: 2011-01
needs: [N01]
"""


def write_study(folder: Path, changes: dict[str, str | None] | None = None) -> Path:
    """Write the small study, some files changed or (None) left out."""
    for name, text in {**STUDY, **(changes or {})}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def study_with(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the small study with changes: name -> text or None."""
    return lambda changes=None: write_study(tmp_path / "study", changes)


NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
QUIET = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine, and CI must skip nothing")
        pytest.skip(f"no browser found; install Chromium (looked for {', '.join(NAMES)})")
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *root])
        yield browser
        browser.close()


def two_codes(folder: Path, codes: tuple[str, str]) -> Path:
    """Add five interviews with fifty turns each, coded with one code and the other in turn."""
    head = STUDY["interviews/h01.md"].split("[1]")[0]
    for n in range(5):
        name, said = (
            f"h{n + 10}",
            {"0": "Odotin puoli tuntia jonossa.", "1": "Oma käsittelijä vastasi."},
        )
        path = folder / "interviews" / f"{name}.aino.tsv"
        turns = [said[str(k % 2)] for k in range(50)]
        text = "\n\n".join(f"[{k}] E01: {words}" for k, words in enumerate(turns, 1))
        path.with_name(f"{name}.md").write_text(head.replace("h01", name) + text + "\n", "utf-8")
        codings = [
            Coding(
                Passage(name, k, 0, len(words), words), codes[(k - 1) % 2], "aino", Place(path, 1)
            )
            for k, words in enumerate(turns, 1)
        ]
        path.write_text(format_codings(codings), encoding="utf-8")
    return folder
