"""A small survey, feedback and encounter counts for tests, and their ways into the small study."""

from __future__ import annotations

from pathlib import Path

from workbench.base.records import Label, Place, Prose
from workbench.material.informants import Vocabulary
from workbench.material.segments import Population, Segment, SegmentLevel, Segments
from workbench.study import Study

HERE = Path("k.yml")
TABLE = Path("k.csv")
LANGUAGES = ("fi", "en")

HEAD = """\
title: {fi: Koe, en: Trial}
date: 2009-11
origin: {fi: Keksitty, en: Invented}
person: tunnus
attributes: {role: rooli, sector: toimiala}
"""
SURVEY = f"""\
kind: survey
{HEAD}scale: {{low: 1, high: 5}}
invited: {{esimiehet-koulu: 10, esimiehet-tori: 4}}
items:
  s_o: {{code: saavutettavuus, asks: expected, text: {{fi: Odotus, en: Hope}}}}
  s_k: {{code: saavutettavuus, asks: experienced, text: {{fi: Kokemus, en: Experience}}}}
  k_k: {{code: kohteliaisuus, asks: experienced, text: {{fi: Kohtelu, en: Courtesy}}}}
open:
  avoin: {{text: {{fi: Muuta, en: Else}}, codes: koodit}}
"""
ANSWERS = """\
tunnus,rooli,toimiala,s_o,s_k,k_k,avoin,koodit
V1,esimies,koulu,5,3,4,"Jono
on pitkä",odotusaika koettu -
V2,esimies,koulu,4,,2,,
V3,esimies,tori,5,4,,,
"""
FEEDBACK = f"""\
kind: feedback
{HEAD}date_column: pvm
type: {{column: laji, values: {{kiitos: thanks, moite: complaint}}}}
text: palaute
codes: koodit
quote: lainata
"""
ITEMS = """\
tunnus,rooli,toimiala,pvm,laji,palaute,koodit,lainata
P1,esimies,koulu,2010-02-01,moite,"Puoli tuntia jonossa, taas",odotusaika koettu -,kyllä
P1,esimies,koulu,2010-03,kiitos,Ystävällinen vastaus,kohteliaisuus koettu +,ei
,,,2010-03,moite,Linja tukossa,saavutettavuus koettu -,kyllä
P3,esimies,tori,2010-04,moite,Linja poikki,saavutettavuus koettu -,ei
"""
ENCOUNTERS = f"""\
kind: encounters
{HEAD.replace("person: tunnus", "").strip()}
month: kuukausi
channel: kanava
encounter: kohtaaminen
count: määrä
minutes: minuutit
""".replace("\n\n", "\n")
MONTHS = """\
rooli,toimiala,kuukausi,kanava,kohtaaminen,määrä,minuutit
esimies,koulu,2010-01,puhelin,neuvonta,120,600
esimies,koulu,2010-02,puhelin,neuvonta,80,
esimies,tori,2010-01,sähköposti,neuvonta,30,90
"""
FACETS = """\
label: {fi: Kanava, en: Channel}
kind: facet
codes:
  puhelin: {ref: CH.3, label: {fi: Puhelin, en: Phone}, definition: soitto}
  sähköposti: {ref: CH.5, label: {fi: Sähköposti, en: E-mail}, definition: viesti}
  neuvonta: {ref: ENC.1, label: {fi: Neuvonta, en: Advice}, definition: kysymys}
"""

ALL: dict[str, str | None] = {
    "observations/kysely.yml": SURVEY,
    "observations/kysely.csv": ANSWERS,
    "observations/palaute.yml": FEEDBACK,
    "observations/palaute.csv": ITEMS,
    "observations/kohtaamiset.yml": ENCOUNTERS,
    "observations/kohtaamiset.csv": MONTHS,
    "parameters/codebook/kanava.yml": FACETS,
}


def _words(*names: str) -> dict[str, Label]:
    return {name: Label({"fi": name, "en": name}) for name in names}


VOCABULARY: Vocabulary = {
    "role": _words("esimies", "palkansaaja"),
    "sector": _words("koulu", "tori"),
}


def segment(name: str, level: SegmentLevel, **rule: str) -> Segment:
    return Segment(
        id=name,
        label=Label({"fi": name, "en": name}),
        level=level,
        place=Place(Path(f"{name}.yml"), 1),
        population=Population(None, Prose({"fi": "ei tiedossa"})),
        rule={key: (value,) for key, value in rule.items()},
    )


SEGMENTS = Segments(
    {
        s.id: s
        for s in (
            segment("esimiehet", SegmentLevel.ROLLUP, role="esimies"),
            segment("esimiehet-koulu", SegmentLevel.BASE, role="esimies", sector="koulu"),
            segment("esimiehet-tori", SegmentLevel.BASE, role="esimies", sector="tori"),
        )
    }
)


def told(study: Study) -> list[str]:
    return [str(problem) for problem in study.problems]
