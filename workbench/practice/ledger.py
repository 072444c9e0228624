"""The balance of the care model: every voice booked from the people to what answers it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import networkx as nx
import pandas as pd

from workbench.base.languages import fixed, words
from workbench.care.balance import people
from workbench.care.claims import Basis, State, Status
from workbench.care.model import REALISING
from workbench.findings.results import Result
from workbench.practice.trails import WORDS, Node, content, identity, trails
from workbench.study import Study

Flows = Mapping[tuple[Node, Node], Fraction]
ANSWERS = (*REALISING, "plans")
"""Where a voice is answered: in what people meet, or in what is agreed with them."""
SEGMENTS, OPEN = "segments", "open"
LEVELS = (SEGMENTS, "findings", "needs", "actions", "answers")
PROVIDER = (SEGMENTS, "")
"""The account of the provider's own people, who are in no segment."""


@dataclass(frozen=True, slots=True)
class Account:
    """What came into a thing, what it passed on, and what of it stays open, in voices."""

    node: Node
    people: int
    received: Fraction
    passed: Fraction

    @property
    def open(self) -> Fraction:
        """Return what was received and not passed on."""
        return self.received - self.passed


@dataclass(frozen=True, repr=False)
class Balance(Result):
    """The ledger: one voice is one person behind one finding.

    A voice goes on in equal parts to all that answers it, so that no step makes or loses any.
    `flows` holds how much goes from where to where, `voiceless` the lines said to rest on the
    material behind which nobody speaks.
    """

    accounts: tuple[Account, ...]
    flows: Flows
    voiceless: tuple[Node, ...]
    study: Study

    @property
    def voices(self) -> Fraction:
        """Return all voices of the material that stand behind a finding."""
        return sum((a.received for a in self.accounts if a.node[0] == SEGMENTS), Fraction())

    @property
    def open(self) -> Fraction:
        """Return how many of the voices nothing answers yet."""
        return sum((n for (_, to), n in self.flows.items() if to[1] == OPEN), Fraction())

    @property
    def balanced(self) -> bool:
        """Tell whether every voice has an answer and every claim a voice."""
        return not self.open and not self.voiceless

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each account: people, voices received, passed on, left open."""
        say = words(self.language)
        rows = [
            (
                say(f"balance_{a.node[0]}"),
                self.name(a.node),
                self.text(a.node),
                a.people or "",
                *(fixed(float(n), self.language, 1) for n in (a.received, a.passed, a.open)),
            )
            for a in self.accounts
        ]
        keys = ("step", "account", "content", "people", "received", "passed", "left")
        return pd.DataFrame(rows, columns=[say(f"balance_{key}") for key in keys])

    def name(self, node: Node) -> str:
        """Return how an account is called."""
        say = words(self.language)
        if node[0] == "answers":
            own = node[1] in (OPEN, "plans")
            return say(f"balance_{node[1]}" if own else f"register_{node[1]}")
        if node[0] == SEGMENTS:
            return node[1] or say("balance_provider")
        return identity(node, self.study)

    def text(self, node: Node) -> str:
        """Return what an account is about."""
        if node[0] == SEGMENTS and node[1]:
            return self.study.segments[node[1]].label.say(self.language)
        return "" if node[0] in (SEGMENTS, "answers") else content(node, self.study, self.language)


def balance(study: Study, language: str = "fi") -> Balance:
    """Book every voice through the care model: segment, finding, need, action, what answers it.

    A voice is one person behind one finding (no draft). It goes on in equal parts to the needs the
    finding shows, the actions that answer them, and the rules, cards, events and plans that realise
    these. What has nowhere to go is open. The unit is made for this ledger: people are counted
    once a finding, and no part of a person is a person.
    """
    whole = study.whole or study
    voices = _voices(whole)
    flows = _booked(whole, voices)
    accounts = tuple(_accounts(whole, flows, voices))
    found = Balance("", language, accounts, flows, tuple(_voiceless(whole)), whole)
    verdict = "balance_even" if found.balanced else "balance_uneven"
    caption = words(language)(
        verdict,
        voices=found.voices,
        answered=fixed(float(found.voices - found.open), language, 1),
        open=fixed(float(found.open), language, 1),
        voiceless=len(found.voiceless),
    )
    return Balance(caption, language, accounts, flows, found.voiceless, whole)


def _voices(study: Study) -> dict[Node, frozenset[str]]:
    """Return the people behind each finding that is no draft."""
    return {
        ("findings", f.id): people(f.evidence, study.witness)
        for f in study.care.findings.values()
        if f.state is not State.DRAFT
    }


def _booked(study: Study, voices: Mapping[Node, frozenset[str]]) -> Flows:
    """Return how many voices go from where to where, level by level."""
    flows: dict[tuple[Node, Node], Fraction] = defaultdict(Fraction)
    for finding, who in voices.items():
        for person in who:
            flows[(SEGMENTS, study.segments.base_of(person)), finding] += 1
    waiting: list[Node] = list(voices)
    for level in ("needs", "actions", "answers"):
        for node in waiting:
            amount = sum((n for (_, to), n in flows.items() if to == node), Fraction())
            onward = _onward(node, study) if amount else []
            for to in onward:
                flows[node, to] += amount / len(onward)
        waiting = sorted({to for _, to in flows if to[0] == level})
    return dict(sorted(flows.items()))


def _onward(node: Node, study: Study) -> list[Node]:
    """Return where the voices of a thing go next; to `OPEN` if nothing answers them.

    What no need or action stands between goes straight to the rule, card, event or plan.
    """
    after = list(trails(study).successors(node))
    over = {a.id for a in study.care.actions.values() if a.status is Status.REJECTED}
    for level in ("needs", "actions"):
        if node[0] != level and (found := [n for n in after if n[0] == level and n[1] not in over]):
            return found
    answers = [("answers", table) for table, _ in after if table in ANSWERS]
    return answers or [("answers", OPEN)]


def _accounts(
    study: Study, flows: Flows, voices: Mapping[Node, frozenset[str]]
) -> Iterable[Account]:
    received: dict[Node, Fraction] = defaultdict(Fraction)
    passed: dict[Node, Fraction] = defaultdict(Fraction)
    behind: dict[Node, set[str]] = defaultdict(set)
    for (one, other), amount in flows.items():
        received[other] += amount
        passed[one] += amount if other[1] != OPEN else 0
    for finding, who in voices.items():
        for node in {finding} | nx.descendants(trails(study), finding):
            behind[node] |= who
            behind["answers", node[0]] |= who
        for person in who:
            behind[SEGMENTS, study.segments.base_of(person)].add(person)
    every = {node for flow in flows for node in flow} | set(voices)
    for node in sorted(every, key=lambda n: (LEVELS.index(n[0]), n[1] == OPEN, n[1])):
        first, last = node[0] == SEGMENTS, node[0] == "answers" and node[1] != OPEN
        came = passed[node] if first else received[node]
        yield Account(node, len(behind[node]), came, came if last else passed[node])


def _voiceless(study: Study) -> Iterable[Node]:
    """Yield the records with a line said to rest on the material that no words stand behind.

    What carries out an action that rests on a law or a decision rests on that too.
    """
    graph, actions = trails(study), study.care.actions
    for table, key, line in study.care.grounded():
        realised = [actions[name] for name in getattr(line, "actions", ()) if name in actions]
        bases = {line.basis, *(action.basis for action in realised)}
        behind = [("findings", f.id) for f in study.care.behind(line)]
        if bases == {Basis.MATERIAL} and not any(
            ground[0] == WORDS for f in behind for ground in graph.predecessors(f)
        ):
            yield table, key
