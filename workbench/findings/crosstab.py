"""Codes by groups of people, documents, coders or facets: people first, each with its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.base.languages import words
from workbench.findings.columns import Bools, Ints
from workbench.findings.counts import could_have_said
from workbench.findings.groups import Division, Group, divided
from workbench.findings.quotes import Quotes, listed
from workbench.findings.results import Result
from workbench.study import Study, Unknown

COUNTED = ("people", "documents", "passages")
ALL = ""
"""The name of the group that holds everything."""


@dataclass(frozen=True, repr=False)
class Crosstab(Result):
    """Codes by groups; the last group holds everything.

    `people`, `documents` and `passages` have the shape (codes, groups). A code holds what the
    codes below it hold, and somebody may stand in several groups: margins are no sums.
    """

    study: Study
    codes: tuple[str, ...]
    division: Division
    people: Ints
    documents: Ints
    passages: Ints

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return the groups in the order of the columns."""
        return self.division.groups

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each code and a column for each group, cells as "5/7" people."""
        of = [len(g.of) for g in self.groups]
        cells = [[f"{n}/{m}" for n, m in zip(row, of, strict=True)] for row in self.people]
        rows = [[label, *row] for label, row in zip(self.labels(), cells, strict=True)]
        return pd.DataFrame(rows, columns=[words(self.language)("code"), *self._heads()])

    @property
    def wide(self) -> pd.DataFrame:
        """Return people, documents and passages of each cell beside one another, as numbers."""
        say = words(self.language)
        heads = [(head, say(what)) for head in self._heads() for what in COUNTED]
        cells = np.stack([getattr(self, what) for what in COUNTED], axis=2)
        index = pd.Index(self.labels(), name=say("code"))
        columns = pd.MultiIndex.from_tuples(heads)
        return pd.DataFrame(cells.reshape(len(index), -1), index=index, columns=columns)

    def labels(self) -> list[str]:
        """Return the label of each row, with a dash for each level below the top."""
        book = self.study.codebook
        return [
            "– " * (len(book.path(c)) - 1) + book[c].label.say(self.language) for c in self.codes
        ]

    def quotes(self, code: str, group: str = ALL) -> Quotes:
        """Return the words behind a cell; raises `Unknown` for a code or group it has not."""
        label = self.study.codebook[code].label.say(self.language) if code in self.codes else ""
        if group != ALL:
            label = f"{label} · {self.division.only([group]).groups[0].label}"
        codings = self.division.cols.codings
        found = (codings[n] for n in self.behind([code], group))
        return listed(self.study, found, self.language, label)

    def behind(self, codes: Iterable[str], group: str = ALL) -> Ints:
        """Return which rows of `division.cols` have one of `codes`, or one below it, in a group.

        Raises `Unknown` for a code or group the table has not.
        """
        wanted = tuple(codes)
        if missing := next((c for c in wanted if c not in self.codes), ""):
            raise Unknown("row", missing, self.codes)
        rows = self.division.within(group)
        return rows[self.division.cols.below(*wanted)[rows]]

    def _heads(self) -> list[str]:
        return [g.label for g in self.groups]


def crosstab(
    study: Study,
    language: str = "fi",
    *,
    by: str = "segment",
    tree: str = "",
    codes: Iterable[str] = (),
    top: bool = False,
    facets: Iterable[str] = (),
    groups: Iterable[str] = (),
) -> Crosstab:
    """Count codes by what `by` names: people, documents, passages, with who could have said it.

    `by` is segment, side, kind, coder, document, an attribute of informants (role, sector …) or
    a tree of facets. Rows are the codes of a `tree`, or `codes`, or all; with `top` only the
    topmost of them. Only codings with all of `facets` count; `groups` keeps some of the columns.
    Raises `Unknown` for a name the study does not have.
    """
    division = divided(study, by, language)
    if wanted := tuple(groups):
        division = division.only(wanted)
    whole = could_have_said(study)
    every = frozenset().union(*(g.of for g in division.groups)) if by == "coder" else whole
    division = division.with_all(Group(ALL, words(language)("together"), every))
    if wanted := tuple(facets):
        division = division.having(division.cols.having(wanted))
    chosen = rows(study, tree, tuple(codes), top=top)
    caption = words(language)("crosstab_caption")
    return Crosstab(caption, language, study, chosen, division, *_counted(division, chosen))


def rows(
    study: Study, tree: str = "", codes: tuple[str, ...] = (), *, top: bool = False
) -> tuple[str, ...]:
    """Return the codes of a tree, or `codes`, or all; raises `Unknown` for what is not there."""
    content = study.codebook.content
    trees = {c.tree for c in content.values()}
    if tree and tree not in trees:
        raise Unknown("tree of codes", tree, trees)
    if unknown := next((c for c in codes if c not in content), ""):
        raise Unknown("code", unknown, content)
    wanted = codes or tuple(c.id for c in content.values() if not tree or c.tree == tree)
    return tuple(c for c in wanted if not (top and content[c].parent))


def _counted(division: Division, codes: tuple[str, ...]) -> tuple[Ints, Ints, Ints]:
    """Return people, documents and passages of each row and group."""
    cols, k = division.cols, len(division.cols.codes)
    strata = len(division.member)
    own = np.bincount(division.stratum * k + cols.code[division.rows], minlength=strata * k)
    counts_for = np.zeros((k, k))
    for at, above in cols.levels(np.arange(k)):
        counts_for[at, above] = 1
    numbers = [cols.number(c) for c in codes]
    passages = own.reshape(strata, k) @ counts_for[:, numbers]  # exact: whole numbers below 2**53
    has = passages > 0
    return (
        _different(division.person, has, division.member),
        _different(division.document, has, division.member),
        (passages.T @ division.member).astype(np.int64),
    )


def _different(of: Ints, has: Bools, member: Bools) -> Ints:
    """Count the different `of` whose strata have a code, by code and group; -1 is nobody."""
    order = np.argsort(of, kind="stable")
    order = order[of[order] >= 0]
    of, has, member = of[order], has[order], member[order]
    found = np.zeros((has.shape[1], member.shape[1]), dtype=np.int64)
    for n, group in enumerate(member.T):
        here = of[group]
        if len(here):
            first = np.flatnonzero(np.diff(here, prepend=-1))
            found[:, n] = np.logical_or.reduceat(has[group], first, axis=0).sum(axis=0)
    return found
