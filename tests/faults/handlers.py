"""Faults of handlers, areas and service models."""

from tests.faults import Fault

HANDLERS, AREAS, MODELS = "care/handlers.yml", "care/areas.yml", "care/models.yml"
FAULTS = {
    "a relationship nobody has": Fault(
        "care/relationships.yml", "palkkionsaajat:\n", "palkkiot-uudet:\n",
        "palkkiot-uudet:", "nobody is the handler of 'palkkiot-uudet'",
    ),
    "a relationship with two handlers": Fault(
        HANDLERS, "primary: [palkkionsaajat]", "primary: [palkkionsaajat, kotihoito-esimiehet]",
        "primary: [palkkionsaajat, kotihoito-esimiehet]", "has K01 and K12 as its handler",
    ),
    "a backup who is the handler": Fault(
        HANDLERS, "backup: [tuntipalkkaiset]", "backup: [tuntipalkkaiset, siivous-esimiehet]",
        "backup: [tuntipalkkaiset, siivous-esimiehet]", "which is already K06's own",
    ),
    "a relationship without a backup": Fault(
        HANDLERS, "liikunta-palkansaajat, palkkionsaajat]", "liikunta-palkansaajat]",
        "primary: [palkkionsaajat]", "nobody stands in for K12",
    ),
    "a backup who does not hold an area": Fault(
        HANDLERS, "ovtes: 2, lukuvuosi: 2", "ovtes: 1, lukuvuosi: 2",
        "backup: [peruskoulut-ita", "K08 stands in with 'peruskoulut-ita-esimiehet' without",
    ),
    "a handler who does not hold an area": Fault(
        HANDLERS, "ovtes: 2, lukuvuosi: 2", "ovtes: 2, lukuvuosi: 1",
        "primary: [peruskoulut-lansi", "K08 does not hold lukuvuosi",
    ),
    "a level of skill there is not": Fault(
        HANDLERS, "ovtes: 3", "ovtes: 4",
        "ovtes: 4", "cannot hold 'ovtes' at level 4",
    ),
    "a skill in an unknown area": Fault(
        HANDLERS, "ovtes: 3", "ovtess: 3",
        "ovtess: 3", "no area 'ovtess'",
    ),
    "an area too few hold": Fault(
        AREAS, "least: 4", "least: 13",
        "kvtes:", "12 hold 'kvtes' at level 2, 13 must",
    ),
    "an absence that ends before it begins": Fault(
        HANDLERS, "{start: 2010-06-21, end: 2010-07-18}", "{start: 2010-07-18, end: 2010-06-21}",
        "start: 2010-07-18", "is back on 2010-06-21 before leaving",
    ),
    "handler and backup away at the same time": Fault(
        HANDLERS, "{start: 2010-07-19, end: 2010-08-08}", "{start: 2010-07-12, end: 2010-08-08}",
        "2010-06-21", "K07 and K08 are away at the same time",
    ),
    "hours that are none": Fault(
        HANDLERS, "hours: 1570", "hours: 0",
        "K01:", "cannot work 0 hours a year",
    ),
    "more hours bound than there are": Fault(
        HANDLERS, "fixed: 210", "fixed: 2100",
        "K01:", "cannot have 2100 hours bound",
    ),
    "a weakness accepted for another's relationship": Fault(
        HANDLERS, "relationships: [tuntipalkkaiset]", "relationships: [palkkionsaajat]",
        "relationships: [palkkionsaajat]", "which is another's",
    ),
    "a weakness beside one that was accepted": Fault(
        HANDLERS, "backup: [terveysasemat-esimiehet, sosiaalityo-palkansaajat]",
        "backup: [sosiaalityo-palkansaajat]",
        "primary: [terveysasemat-esimiehet", "nobody stands in for K02 with 'terveysasemat-esimi",
    ),
    "a text that names a handler": Fault(
        "care/actions.yml", "Tulosta kesälomalista", "Pyydä, että K03 tulostaa kesälomalistan",
        "T02:", "names the handler K03",
    ),
    "a finding judged twice": Fault(
        MODELS, "of: [F06]\n      change: better", "of: [F06, F03]\n      change: better",
        "of: [F06, F03]", "judges F03 twice",
    ),
    "an effect on an unknown finding": Fault(
        MODELS, "of: [F25]", "of: [F26]",
        "of: [F26]", "no finding 'F26'",
    ),
}  # fmt: skip
