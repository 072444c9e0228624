"""Ten faults made by hand in ten files: each told with path, line and remedy, all in one pass."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import STUDY
from workbench.loading import load

Write = Callable[..., Path]
CARD = "name: {fi: Kortti, en: Card}\npromise: {fi: Lupaus, en: Promise}\n"


def changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in STUDY[name]
    return {name: STUDY[name].replace(old, new, 1)}


FAULTS: dict[str, tuple[dict[str, str], str]] = {
    "a misspelt code": (
        changed("interviews/h01.aino.tsv", "kohteliaisuus", "kohteliasuus"),
        "interviews/h01.aino.tsv:4: no code 'kohteliasuus'. Did you mean 'kohteliaisuus'?",
    ),
    "moved words": (
        changed("interviews/h02.md", "Saisi olla", "No, saisi kai. Saisi olla"),
        "interviews/h02.aino.tsv:3: warning: 'Saisi olla aina se sama.' moved from [3] 0–24 "
        "to [3] 15–39.",
    ),
    "a duplicate turn": (
        changed("interviews/h03.md", "[1] E03", "[1] E03: Ei.\n\n[1] E03"),
        "interviews/h03.md:11: turn [1] stands twice (first on line 9). "
        "Give one of them a free number, such as [2].",
    ),
    "a repeated YAML key": (
        changed("parameters/care/actions.yml", "  effort: S", "  effort: S\n  effort: M"),
        "parameters/care/actions.yml:8: the key 'effort' stands twice (first on line 7). "
        "Keep one of them.",
    ),
    "`on` as a value": (
        changed("parameters/informants.yml", "{quote: true}", "{quote: on}"),
        "parameters/informants.yml:1: 'quote': 'on' is not true or false. Write true.",
    ),
    "an unknown segment in a plan": (
        {"parameters/care/plans/esimiehet-kolu.yml": STUDY["parameters/care/plans/esimiehet.yml"]},
        "parameters/care/plans/esimiehet-kolu.yml:1: no segment 'esimiehet-kolu' for this plan. "
        "Did you mean 'esimiehet-koulu'?",
    ),
    "evidence pointing nowhere": (
        changed("parameters/care/findings.yml", "h02/2 saav", "h02/7 saav"),
        "parameters/care/findings.yml:6: 'h02/7 saavutettavuus': h02 has no turn [7]. "
        "Its turns end at [3].",
    ),
    "a missing label language": (
        changed("parameters/codebook/laatutekijat.yml", "{fi: Kohteliaisuus, en: Courtesy}",
                "{fi: Kohteliaisuus}"),
        "parameters/codebook/laatutekijat.yml:14: 'label' is not given in en. Add en: ….",
    ),
    "a parameter typo": (
        changed("parameters/segments/esimiehet-tori.yml", "parent:", "parnet:"),
        "parameters/segments/esimiehet-tori.yml:3: unknown key 'parnet' in segment. "
        "Did you mean 'parent'?",
    ),
}  # fmt: skip
BAD_UTF8 = "observations/o01.md:12: byte 171 (0xe4) is not UTF-8. Save the file as UTF-8"


def broken(study_with: Write) -> Path:
    folder = study_with({k: v for files, _ in FAULTS.values() for k, v in files.items()})
    note = STUDY["observations/o01.md"] + "\n[3] K\u00e4si nousee.\n"
    (folder / "observations/o01.md").write_bytes(note.encode("latin-1"))
    return folder


def test_the_faults_are_in_ten_different_files() -> None:
    assert len({name for files, _ in FAULTS.values() for name in files}) == len(FAULTS) == 9


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_with_its_place_and_remedy(study_with: Write, fault: str) -> None:
    files, said = FAULTS[fault]
    assert said in [str(p) for p in load(study_with(files)).problems]


def test_all_ten_are_told_in_one_pass(study_with: Write) -> None:
    told = [str(p) for p in load(broken(study_with)).problems]
    missing = [said for _, said in FAULTS.values() if said not in told]
    assert missing == []
    assert any(t.startswith(BAD_UTF8) for t in told), told


def test_what_can_still_be_read_is_there(study_with: Write) -> None:
    study = load(broken(study_with))
    assert sorted(study.documents) == ["h01", "h02", "h03"]
    assert len(study.codings) == 7
