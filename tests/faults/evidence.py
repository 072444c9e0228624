"""Faults of links and basis, which hold for every file alike."""

from tests.faults import Fault

FAULTS = {
    "an action of an unknown owner": Fault(
        "care/actions.yml", "owner: palveluesimies", "owner: palveluesimiez",
        "owner: palveluesimiez", "no party 'palveluesimiez'",
    ),
    "a basis without its reference": Fault(
        "care/cards/takaisinperinta.yml", "needs: [N05]", "basis: law",
        "name:", "rests on law without saying which",
    ),
    "an action that rests on nothing": Fault(
        "care/actions.yml", "needs: [N12]", "needs: []", "T14:", "T14 rests on nothing",
    ),
    "a need that no finding shows": Fault(
        "care/needs.yml", "findings: [F17]", "findings: []", "N12:", "N12 cites no finding",
    ),
    "a need from a finding that is not there": Fault(
        "care/needs.yml", "findings: [F17]", "findings: [F71]", "F71", "no finding 'F71'",
    ),
    "a finding on words nobody coded so": Fault(
        "care/findings.yml", "h10/12 turvallisuus", "h10/12 ennakoitavuus", "h10/12 ennakoitavuus",
        "the turn is not coded 'ennakoitavuus'",
    ),
    "a provider's finding on a customer's words": Fault(
        "care/findings.yml", "h38/4 mallin-puute", "h10/12 turvallisuus", "h10/12",
        "is not from the provider side, of which F22 speaks",
    ),
    "a supervisors' plan on what only payees say": Fault(
        "care/plans/esimiehet.yml", "needs: [N04]", "findings: [F18]", "F18",
        "'F18' does not speak of 'esimiehet'",
    ),
    "an event for one sector on another's finding": Fault(
        "care/clock.yml", "segments: [esimiehet-opetus]\n",
        "segments: [esimiehet-opetus]\n  findings: [F18]\n", "F18",
        "'F18' does not speak of 'esimiehet-opetus'",
    ),
    "a payees' card on what only supervisors say": Fault(
        "care/cards/palkkalaskelma.yml", "needs: [N05, N12]", "findings: [F16]", "F16",
        "'F16' does not speak of 'palkansaajat'",
    ),
    "a contact that names no event of the clock": Fault(
        "care/contacts.yml", "events: [V54]", "events: [V540]", "V540", "no event 'V540'",
    ),
    "a goal of theory without the book": Fault(
        "care/goals.yml", "findings: [F22]", "basis: theory", "TA1:", "rests on theory without",
    ),
}  # fmt: skip
