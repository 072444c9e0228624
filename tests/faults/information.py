"""Faults of customer information: keepers, classes, viewers, needs, verdicts, feeds, answers."""

from tests.faults import Fault

ITEMS, SYSTEMS = "care/information.yml", "care/systems.yml"

FAULTS = {
    "an item nobody must keep true": Fault(
        ITEMS, "  update_duty: yhdyshenkilo\n  needs: [N09]\n", "  needs: [N09]\n",
        "TI02:", "nobody's duty to keep TI02 up to date",
    ),
    "a duty without the right": Fault(
        ITEMS, "  update_right: [palveluesimies]\n  update_duty: palveluesimies\n",
        "  update_right: [kasittelija]\n  update_duty: palveluesimies\n",
        "update_duty: palveluesimies", "'palveluesimies' must keep TI04 up to date",
    ),
    "a class no classification knows": Fault(
        ITEMS, "classes: {hellman3: perustieto,", "classes: {hellman3: perustiedot,",
        "perustiedot", "'hellman3' has no class 'perustiedot'",
    ),
    "an item without a class in one of them": Fault(
        ITEMS, ", hellman4: ennustetieto}", "}", "TI13:", "TI13 has no class in 'hellman4'",
    ),
    "a classification nobody made": Fault(
        ITEMS, "hellman4: identifiointitieto}", "hellman4: identifiointitieto, hellman5: x}",
        "hellman5", "no classification 'hellman5'",
    ),
    "an item needed by nobody known": Fault(
        ITEMS, "needed: {monthly: [kasittelija], yearly: [palkansaaja]}",
        "needed: {monthly: [kasitelija], yearly: [palkansaaja]}",
        "kasitelija]", "no party 'kasitelija'",
    ),
    "a party that needs an item in two ways": Fault(
        ITEMS, "yearly: [toimialajohto]}", "yearly: [kasittelija]}",
        "needed:", "'kasittelija' needs TI02 in two ways",
    ),
    "a special item without viewers": Fault(
        ITEMS, "  view_right: [kasittelija, kasittelijan-pari, esimies, palkansaaja]\n"
        "  development:\n    fi: \"Kysyjälle", "  development:\n    fi: \"Kysyjälle",
        "TI09:", "TI09 is special, and nobody says who may see it",
    ),
    "a personal item seen without a need": Fault(
        ITEMS, "  view_right: [kasittelija, kasittelijan-pari, palkkakirjanpitaja]\n",
        "  view_right: [kasittelija, yhdyshenkilo]\n",
        "view_right:", "'yhdyshenkilo' may see TI29, which is personal, without a need",
    ),
    "somebody's value": Fault(
        ITEMS, "TI07:\n", "TI07:\n  value: FI21\n", "value: FI21", "'value' is refused",
    ),
    "somebody's number in a description": Fault(
        ITEMS, "Palkansaaja antaa kerran palvelussuhteen alussa.", "Esimerkiksi 010101-123N.",
        "TI29:", "TI29 seems to hold a value",
    ),
    "an item needed daily and not collected": Fault(
        ITEMS, "  state: missing\n  sensitivity: internal\n  needed: {daily:",
        "  state: ok\n  sensitivity: internal\n  needed: {daily:",
        "needed: {daily:", "TI22 is needed daily and not collected",
    ),
    "a superfluous item without a verdict": Fault(
        ITEMS, "  verdict: drop\n  reason:\n    fi: \"Kukaan", "  reason:\n    fi: \"Kukaan",
        "TI30:", "TI30 is collected, but nobody needs it",
    ),
    "a verdict without a reason": Fault(
        ITEMS, "needed: {daily: [kasittelija]", "verdict: keep\n  needed: {daily: [kasittelija]",
        "TI09:", "TI09 has a verdict without a reason",
    ),
    "an item dropped that somebody needs": Fault(
        ITEMS, "needed: {never: [kasittelija, palvelunumero, esimies, palveluesimies]}",
        "needed: {monthly: [kasittelija]}", "TI30:", "TI30 is called superfluous, but needed",
    ),
    "a state other than the words tell": Fault(
        ITEMS, "state: outdated", "state: missing", "TI01:", "the words cited say outdated",
    ),
    "words of a state that nobody said": Fault(
        ITEMS, "- h08/8 tieto-vanhentunut", "- h08/8 tieto-puuttuu",
        "h08/8 tieto-puuttuu", "the turn is not coded 'tieto-puuttuu'",
    ),
    "words of a state in no form of a citation": Fault(
        ITEMS, "- h34/6 tieto-hajallaan", "- h34:6 tieto-hajallaan",
        "h34:6 tieto-hajallaan", "'h34:6 tieto-hajallaan' is no evidence",
    ),
    "an item held nowhere": Fault(
        ITEMS, "  systems: [vihkot]\n", "", "TI03:", "TI03 is collected but held nowhere",
    ),
    "an item taken in nobody knows how": Fault(
        ITEMS, "  how:\n    fi: \"Toimiala ilmoittaa uuden esimiehen nimityspäätöksellä.\"\n"
        "    en: \"The sector tells of a new supervisor with the decision of appointment.\"\n"
        "    sv: \"Sektorn meddelar den nya chefen med utnämningsbeslutet.\"\n", "",
        "TI02:", "TI02 is collected, but not told how",
    ),
    "a system that feeds itself": Fault(
        SYSTEMS, "to: tyovuorojarjestelma", "to: lomakejarjestelma",
        "to: lomakejarjestelma", "'lomakejarjestelma' feeds itself",
    ),
    "a feed into nothing known": Fault(
        SYSTEMS, "to: raportointi", "to: raportti", "to: raportti", "no system 'raportti'",
    ),
    "a system that feeds nothing and says nothing": Fault(
        SYSTEMS, "  feeds:\n    - to: raportointi\n      what: {fi: kyselyn tulokset, en: survey "
        "results, sv: enkätens resultat}\n      auto: false\n", "",
        "kyselytyokalu:", "'kyselytyokalu' feeds nothing",
    ),
    "an answer without a date": Fault(
        "care/questions.yml", "  date: 2010-04-21\n", "", "KY01:", "KY01 has an answer without",
    ),
    "a record kept for nobody knows how long": Fault(
        "care/records.yml", "  keep: {fi: \"6 vuotta vuoden lopusta\"",
        "  #keep: {fi: \"6 vuotta vuoden lopusta\"",
        "what: {fi: \"Poissaolopäätökset", "'keep' is missing in record",
    ),
    "a record kept nobody knows where": Fault(
        "care/records.yml", "  where: puhelinvaihde\n", "",
        "DK10:", "nobody says where DK10 is kept",
    ),
}  # fmt: skip
