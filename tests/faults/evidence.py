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
}  # fmt: skip
