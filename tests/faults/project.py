"""Faults of the project: goals, risks, who does what, phases, member checks, measurements."""

from tests.faults import Fault

FAULTS = {
    "two A's in a RACI row": Fault(
        "care/tasks.yml", "palvelupaallikko: R,", "palvelupaallikko: A,",
        "palvelupaallikko: A", "ohjausryhma, palvelupaallikko are all accountable (A)",
    ),
    "a RACI row that nobody answers for": Fault(
        "care/tasks.yml", "ohjausryhma: A,", "ohjausryhma: C,",
        "hyvaksynta:", "nobody is accountable (A)",
    ),
    "a RACI row that nobody does": Fault(
        "care/tasks.yml", "palvelupaallikko: R,", "palvelupaallikko: C,",
        "hyvaksynta:", "nobody does it (R)",
    ),
    "a letter that is not of RACI": Fault(
        "care/tasks.yml", "duties: {tekijat: AR, ohjaaja: C}", "duties: {tekijat: AR, ohjaaja: X}",
        "ohjaaja: X", "'X' is no part 'ohjaaja' can have",
    ),
    "a RACI row with an unknown party": Fault(
        "care/tasks.yml", "duties: {tekijat: AR, ohjaaja: C}", "duties: {tekijat: AR, ohjaja: C}",
        "ohjaja: C", "no party 'ohjaja'",
    ),
    "a risk off the scale": Fault(
        "care/risks.yml", "  probability: 4\n  impact: 5", "  probability: 4\n  impact: 6",
        "RI09:", "impact 6 is not on the scale",
    ),
    "a high risk that no action meets": Fault(
        "care/risks.yml", "  actions: [T12, T01]\n", "",
        "RI09:", "RI09 is high (4 × 5) and no action meets it",
    ),
    "a high risk nobody sees coming": Fault(
        "care/risks.yml",
        "  trigger:\n"
        '    fi: "Haastateltu kysyy toisen kerran, mitä siitä seurasi."\n'
        '    en: "Somebody interviewed asks a second time what came of it."\n'
        '    sv: "En intervjuad frågar för andra gången vad det ledde till."\n',
        "",
        "RI03:", "RI03 is high (4 × 4) and nobody sees when it begins",
    ),
    "an action that serves no goal": Fault(
        "care/actions.yml", "  goals: [TA4]\n", "",
        "T03:", "T03 serves no goal",
    ),
    "a phase done before the one above it": Fault(
        "care/phases.yml", "  done: true\n  notebooks: [\"02\", \"03\"]",
        "  done: false\n  notebooks: [\"02\", \"03\"]",
        "tiedonkeruu:", "tiedonkeruu is done, but viitekehys before it is not",
    ),
    "people who did not agree, and nothing came of it": Fault(
        "care/member_checks.yml", "  verdict: confirmed\n  said:\n    fi: \"Juuri näin.",
        "  verdict: rejected\n  said:\n    fi: \"Juuri näin.",
        "OT1:", "nothing says what became of it",
    ),
    "a measurement of an unknown action": Fault(
        "care/measured.yml", "  of: T05", "  of: T55",
        "of: T55", "no action or rule 'T55'",
    ),
    "a value without a date": Fault(
        "care/measured.yml", "  value: 34\n  date: 2010-09", "  value: 34",
        "MI04:", "MI04 has a value and no date",
    ),
    "a goal on the wrong side of the base line": Fault(
        "care/measured.yml", "  better: up\n  baseline: 55", "  better: down\n  baseline: 55",
        "MI01:", "the goal 90 is not below the baseline 55",
    ),
}  # fmt: skip
