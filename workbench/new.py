"""New studies, documents, segments and cards: files with the layout filled in."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template

from workbench.base.files import Text, write
from workbench.base.problems import WorkbenchError
from workbench.material.documents import ID

_HERE = Path(__file__).parent
_FORMS = _HERE / "forms"
_ATTRIBUTES = """\
*.md text eol=lf
*.tsv text eol=lf
*.yml text eol=lf
parameters/codebook/history.tsv merge=union
"""


class Exists(WorkbenchError):
    """A file of that name is there already; it was left as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already and was left as it is. Choose another name.")


class BadName(WorkbenchError):
    """A name that cannot be the name of a file."""

    def __init__(self, name: str) -> None:
        super().__init__(f"'{name}' cannot be a name. Use letters a–z, digits, - and _.")


def new_study(folder: str | Path) -> Path:
    """Start an empty study: the folders, study.yml, the starter codebook and the notebooks."""
    root = Path(folder)
    if (root / "parameters").exists():
        raise Exists(root / "parameters")
    for name in ("interviews", "observations", "parameters/segments", "parameters/care/plans"):
        (root / name).mkdir(parents=True, exist_ok=True)
    for form in ("study", "informants"):
        _write(root / "parameters" / f"{form}.yml", _form(form))
    for path in sorted(_starter("parameters/codebook").glob("*.yml")):
        _write(root / "parameters" / "codebook" / path.name, path.read_text(encoding="utf-8"))
    for path in sorted(_starter("notebooks").glob("*.ipynb")):
        _write(root / "notebooks" / path.name, _without_outputs(path))
    _write(root / ".gitignore", "build/\nprivate/\n.*.lock\n.tmp-*\n.ipynb_checkpoints/\n")
    _write(root / ".gitattributes", _ATTRIBUTES)
    return root


def new_interview(folder: str | Path, name: str, informant: str = "E01") -> Path:
    """Start the transcript of an interview: `interviews/NAME.md`."""
    return _new(Path(folder) / "interviews", name, "interview", ".md", informant=informant)


def new_observation(folder: str | Path, name: str) -> Path:
    """Start an observation note: `observations/NAME.md`."""
    return _new(Path(folder) / "observations", name, "observation", ".md")


def new_segment(folder: str | Path, name: str) -> Path:
    """Start a customer segment: `parameters/segments/NAME.yml`."""
    return _new(Path(folder) / "parameters" / "segments", name, "segment", ".yml")


def new_card(folder: str | Path, name: str) -> Path:
    """Start a product card: `parameters/care/cards/NAME.yml`."""
    return _new(Path(folder) / "parameters" / "care" / "cards", name, "card", ".yml")


def _new(folder: Path, name: str, form: str, ending: str, **values: str) -> Path:
    if not ID.fullmatch(name):
        raise BadName(name)
    path = folder / f"{name}{ending}"
    _write(path, _form(form, id=name, **values))
    return path


def _form(name: str, **values: str) -> str:
    text = next(_FORMS.glob(f"{name}.*")).read_text(encoding="utf-8")
    return Template(text).substitute(values)


def _write(path: Path, content: str) -> None:
    if path.exists():
        raise Exists(path)
    write(Text(path, ""), content)


def _starter(name: str) -> Path:
    """Return a folder of the package's starter material; in a checkout it is the example's own."""
    packed = _HERE / "starter" / name
    return packed if packed.exists() else _HERE.parent / name


def _without_outputs(path: Path) -> str:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
