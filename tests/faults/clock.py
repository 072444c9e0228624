"""Faults of the year and of the contact plan."""

from tests.faults import Fault

FAULTS = {
    "a rule of the clock that cannot be read": Fault(
        "care/clock.yml", "when: 2nd Tuesday of August", "when: elokuun toinen tiistai",
        "elokuun toinen tiistai", "'elokuun toinen tiistai' is no day",
    ),
    "a day that does not exist": Fault(
        "care/clock.yml", "when: 04-30", "when: 02-30", "when: 02-30", "there is no 02-30",
    ),
    "a weekday some months do not have": Fault(
        "care/clock.yml", "when: 3rd Monday of May", "when: 5th Monday of May",
        "5th Monday", "there is no 5th Monday every time",
    ),
    "a deadline after the pay day it is for": Fault(
        "care/clock.yml", "when: V01 - 5 business days", "when: V01 + 5 business days",
        "V01 + 5", "not before the pay day it is for",
    ),
    "a deadline at a weekend": Fault(
        "care/clock.yml", "when: 01-25 or previous bank day", "when: 01-25",
        "when: 01-25", "which is no bank day",
    ),
    "a deadline the day before a pay day": Fault(
        "care/clock.yml", "when: V01 - 5 business days", "when: V01 - 1 business day",
        "when: V01 - 1", "clashes with V01",
    ),
    "two deadlines of a segment side by side": Fault(
        "care/clock.yml", "when: 4th Friday of May", "when: 2nd Tuesday of August - 1 day",
        "2nd Tuesday of August - 1 day", "clashes with V48",
    ),
    "a notice longer than the time between two occasions": Fault(
        "care/clock.yml", "  lead: 2\n", "  lead: 14\n", "V07:", "but comes after",
    ),
    "an event counted from one that is not there": Fault(
        "care/clock.yml", "when: V05 - 2 business days", "when: V99 - 2 business days",
        "V99", "no event 'V99' to count from",
    ),
    "events counted from one another": Fault(
        "care/clock.yml", "when: 15th or previous bank day", "when: V09 + 10 days",
        "when: V09", "it is counted from itself",
    ),
    "an event of a card nobody wrote": Fault(
        "care/clock.yml", "cards: [sijaisen-sopimus]", "cards: [sijaisten-sopimus]",
        "sijaisten-sopimus", "no card 'sijaisten-sopimus'",
    ),
    "hours nobody counted": Fault(
        "care/clock.yml", "  lead: 60\n", "  lead: 60\n  hours: 5\n",
        "V36:", "nobody says who counted them",
    ),
    "an exception for a segment that is not meant": Fault(
        "care/clock.yml", "without: [palkansaajat-opetus, palkkionsaajat]",
        "without: [palkansaajat-opetus, uudet-esimiehet]",
        "without:", "V32 is not for 'uudet-esimiehet' anyway",
    ),
    "a contact more often than its events": Fault(
        "care/contacts.yml", "times: 12", "times: 24", "YP13:", "its events come 12",
    ),
    "a contact whose event is for others": Fault(
        "care/contacts.yml", "events: [V55]", "events: [V53]",
        "YP03:", "is for none of the segments",
    ),
    "a segment nobody meets": Fault(
        "segments/vuokratyontekijat.yml", "",
        "label: {fi: Vuokratyöntekijät, en: Agency workers, sv: Hyrda arbetstagare}\n"
        "level: cross\nrule: {situation: palkkio}\npopulation: {value: null, source: keksitty}\n",
        "label", "no contact with 'vuokratyontekijat' is planned",
    ),
}  # fmt: skip
