"""Codings before and after a change, one by one: on the example study, and at random."""

import random
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import write_study
from tests.environment import ROOT
from tests.test_merge import git
from workbench.base.problems import Level, WorkbenchError
from workbench.coding.codings import Coding
from workbench.loading import load
from workbench.revision.asking import Note
from workbench.revision.changes import Change, FateKind, apply
from workbench.revision.queue import decide, recoding_queue
from workbench.revision.verbs import merge, move, redefine, rename, retire, split
from workbench.study import Study

NOTE = Note(date="2026-10-01", reason="koe")
Judgement = tuple[object, ...]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the example study, a further column in one coder's file."""
    folder = tmp_path_factory.mktemp("example")
    for name in ("interviews", "observations", "parameters", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    path = folder / "interviews/h01.aino.tsv"
    head, *rows = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    text = "\n".join([f"{head}\tsure", *(f"{row}\t{n}" for n, row in enumerate(rows)), ""])
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def example(original: Path, tmp_path: Path) -> Study:
    return load(shutil.copytree(original, tmp_path / "study"))


def judgement(c: Coding, code: str = "") -> Judgement:
    """Return all that a coding says."""
    return c.passage, c.coder, code or c.code, c.facets, c.memo, c.extra


def judgements(
    codings: Iterable[Coding], renamed: dict[str, str] | None = None
) -> Counter[Judgement]:
    return Counter(judgement(c, (renamed or {}).get(c.code, "")) for c in codings)


def errors(study: Study) -> list[str]:
    return [str(p) for p in study.problems if p.level is Level.ERROR]


def test_rename_on_the_example_keeps_every_coding_with_all_it_says(example: Study) -> None:
    cited = sum("odotusaika" in link for f in example.care.findings.values() for link in f.evidence)
    after = apply(rename(example, "odotusaika", "jonotus", note=NOTE))
    assert judgements(after.codings) == judgements(example.codings, {"odotusaika": "jonotus"})
    assert after.problems == ()
    assert (
        cited == sum("jonotus" in e for f in after.care.findings.values() for e in f.evidence) > 0
    )


def test_merge_on_the_example_accounts_for_every_coding(example: Study) -> None:
    old, into = "odotusaika", "saavutettavuus"
    there = {(c.document, c.coder, c.passage) for c in example.codings if c.code == into}
    both = [
        c for c in example.codings if c.code == old and (c.document, c.coder, c.passage) in there
    ]
    change = merge(example, [old], into, NOTE)
    after = apply(change)
    assert len(after.codings) == len(example.codings) - len(both)
    assert len(change.fates) + change.untouched == len(example.codings) > 1000
    accounted(example, change, after)
    assert errors(after) == []
    assert all("is published, but" in p.message for p in after.problems), "more to look at"
    assert old not in (after.folder / "parameters/care/findings.yml").read_text(encoding="utf-8")


def test_merge_of_codes_given_to_the_same_words_unites_what_they_say(example: Study) -> None:
    """The two codes of the example that are most often on the same words of one coder."""
    pairs = Counter(
        (a.code, b.code)
        for a in example.codings
        for b in example.codings
        if (a.coder, a.passage) == (b.coder, b.passage) and a.code < b.code
        and example.codebook[b.code].id not in example.codebook.path(a.code)
        and a.code not in example.codebook.path(b.code)
    )  # fmt: skip
    (old, into), number = pairs.most_common(1)[0]
    change = merge(example, [old], into, NOTE)
    together = [f for f in change.fates if f.kind is FateKind.TOGETHER]
    assert len(together) == 2 * number > 0
    after = apply(change)
    assert len(after.codings) == len(example.codings) - number
    accounted(example, change, after)
    assert errors(after) == []
    assert all("is published, but" in p.message for p in after.problems), "more to look at"


def test_split_on_the_example_by_facet_leaves_only_the_undecided(example: Study) -> None:
    into = ["tieto-koettu", "tieto-odotettu"]
    by = {"koettu": into[0], "odotettu": into[1]}
    change = split(example, "viestintä", into, by, note=NOTE)
    after = apply(change)
    accounted(example, change, after)
    kinds = Counter(f.kind for f in change.fates)
    assert kinds == {FateKind.RECODED: 115, FateKind.OPEN: 6}
    assert len(after.codings) == len(example.codings)
    assert [p.level for p in after.problems] == [Level.WARNING]
    after = apply(decide(after, [w.become(into[0]) for w in recoding_queue(after)]))
    assert after.problems == ()
    assert Counter(c.code for c in after.codings)["viestintä"] == 0


def test_redefine_retire_and_move_on_the_example_change_no_judgement(example: Study) -> None:
    texts = {"definition": {"fi": "Uusi.", "en": "New.", "sv": "Ny."}}
    study = apply(redefine(example, "kohteliaisuus", texts, NOTE))
    study = apply(retire(study, "turvallisuus", NOTE))
    study = apply(move(study, "odotusaika", tree="muut", note=NOTE))
    assert judgements(study.codings) == judgements(example.codings)
    assert errors(study) == []


def accounted(before: Study, change: Change, after: Study) -> None:
    """Every coding of before has one fate or is untouched; every one of after comes from those."""
    fates = {f.before.place: f for f in change.fates}
    assert len(fates) == len(change.fates)
    expected: dict[object, Judgement] = {}
    for c in before.codings:
        now = fates[c.place].after if c.place in fates else c
        expected[c.coder, now.passage, now.code] = judgement(now)
        assert c.facets <= now.facets or c.place in fates
        assert all(line in now.memo.split("\n") for line in c.memo.split("\n") if line)
        assert (now.passage, now.coder) == (c.passage, c.coder)
    assert Counter(expected.values()) == judgements(after.codings)


def some_change(study: Study, chance: random.Random, number: int) -> Change:
    """Return a random change of a random code."""
    kind = chance.choice([study.codebook.content, study.codebook.facets])
    codes = [code.id for code in kind.values() if not code.retired]
    a, b = chance.choice(codes), chance.choice(codes)
    facets = list(study.codebook.facets)
    verb = chance.randrange(8)
    if verb == 0:
        return rename(study, a, f"uusi{number}", note=NOTE)
    if verb == 1:
        return merge(study, [a], b, NOTE)
    if verb == 2:
        into = [f"osa{number}", chance.choice([f"toinen{number}", a, b])]
        return split(study, a, into, {chance.choice(facets): into[0]}, note=NOTE)
    if verb == 3:
        return move(study, a, under=b, note=NOTE)
    if verb == 4:
        return move(study, a, tree=chance.choice(list(study.codebook.trees)), note=NOTE)
    if verb == 5:
        return redefine(study, a, {"definition": {"fi": f"Määritelmä {number} → {b}"}}, NOTE)
    if verb == 6 and number % 5 == 0:
        return retire(study, a, NOTE)
    queue = recoding_queue(study)
    return decide(study, [w.become(chance.choice([w.code, b])) for w in queue[:3]])


@pytest.mark.parametrize("seed", range(6))
def test_random_changes_lose_no_judgement(tmp_path: Path, seed: int) -> None:
    done = sequence(tmp_path / "study", seed, 12)
    assert done >= 3


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(6, 66))
def test_many_random_changes_lose_no_judgement(tmp_path: Path, seed: int) -> None:
    sequence(tmp_path / "study", seed, 30)


def sequence(folder: Path, seed: int, length: int) -> int:
    """Do random changes; after each account for every coding, evidence and the check."""
    study, chance, done = load(write_study(folder)), random.Random(seed), 0
    words = {c.passage for c in study.codings}
    for number in range(length):
        try:
            change = some_change(study, chance, number)
        except WorkbenchError:
            continue
        after = apply(change)
        accounted(study, change, after)
        assert errors(after) == [], change
        assert {c.passage for c in after.codings} == words
        study, done = after, done + 1
    return done


def test_two_branches_change_the_codebook_and_decide_without_conflict(tmp_path: Path) -> None:
    folder = write_study(tmp_path)
    (folder / ".gitattributes").write_text("parameters/codebook/history.tsv merge=union\n")
    apply(redefine(load(folder), "saavutettavuus", note=NOTE))
    for arguments in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "start")):
        git(folder, *arguments)
    for coder in ("aino", "eero"):
        git(folder, "checkout", "-q", "-b", coder, "main")
        study = load(folder)
        own = [w for w in recoding_queue(study) if w.coding.coder == coder]
        study = apply(decide(study, [w.become(w.code) for w in own]))
        apply(redefine(study, {"aino": "koettu", "eero": "kohteliaisuus"}[coder], note=NOTE))
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", coder)
    git(folder, "checkout", "-q", "main")
    assert [git(folder, "merge", "-q", "--no-edit", c).returncode for c in ("aino", "eero")] == [
        0,
        0,
    ]
    study = load(folder)
    assert [e.code for e in study.history.entries] == ["saavutettavuus", "koettu", "kohteliaisuus"]
    assert {w.code for w in recoding_queue(study)} == {"koettu", "kohteliaisuus"}
