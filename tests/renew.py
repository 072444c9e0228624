"""Renew what tests compare with: the notebooks' outputs and tests/ground_truth.json.

`make renew` calls it after an intended change; read the diff before you commit it.
"""

import json
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from tests.environment import ROOT
from workbench import load
from workbench.care.balance import grade
from workbench.findings.counts import could_have_said, tally
from workbench.findings.quality import quality
from workbench.reports.privacy import gate

TRUTH = Path(__file__).with_name("ground_truth.json")
KEPT = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def truth() -> dict[str, object]:
    """Return the numbers of the example study that every report is made of."""
    study = load(ROOT)
    segments = {}
    for segment in study.segments:
        view = study.where(segment=segment.id)
        found = sorted(tally(view).items())
        segments[segment.id] = {
            "shown": gate(view).shown,
            "of": len(could_have_said(view)),
            "documents": len(view.documents),
            "people": {code: len(t.people) for code, t in found},
            "unmet": {d.code: len(d.unmet) for d in quality(view).determinants if d.unmet},
        }
    return {
        "documents": len(study.documents),
        "informants": len(study.informants),
        "codings": {c: len(study.where(coder=c).codings) for c in study.coders},
        "grades": {f.id: grade(f, study.witness) for f in study.care.findings.values()},
        "segments": segments,
    }


def execute(path: Path) -> None:
    """Execute a notebook where it stands and keep its outputs, but no times, widgets, machine."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, resources={"metadata": {"path": str(path.parent)}}, record_timing=False
    )
    client.execute()
    for output in (o for cell in notebook.cells for o in cell.get("outputs", [])):
        output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    notebook.metadata = nbformat.from_dict(KEPT)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    TRUTH.write_text(json.dumps(truth(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        execute(notebook)
