"""New studies, documents, segments and cards: files with the layout filled in."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from string import Template

from workbench.base.files import Text, read, write
from workbench.base.languages import LANGUAGES, words
from workbench.base.problems import WorkbenchError
from workbench.base.strict_yaml import parse, quoted
from workbench.care.forms import form
from workbench.care.model import FOLDERS, TABLES
from workbench.material.documents import ID
from workbench.material.informants import Side, parse_informants
from workbench.material.settings import settings_of
from workbench.study import Unknown

_HERE = Path(__file__).parent
_FORMS = _HERE / "forms"
_TEXT = re.compile(r'\b(fi|en|sv): ("[^"]*"|…)')
_TEXTS = re.compile(rf"\{{{_TEXT.pattern}(?:, {_TEXT.pattern})*\}}")
_ATTRIBUTES = """\
*.md text eol=lf
*.tsv text eol=lf
*.yml text eol=lf
parameters/codebook/history.tsv merge=union
"""


class Exists(WorkbenchError):
    """A file of that name is there already; it was left as it is."""

    def __init__(self, path: Path, name: str = "") -> None:
        what = f"'{name}' in {path}" if name else str(path)
        super().__init__(f"{what} is there already and was left as it is. Choose another name.")


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
    for kind in ("study", "informants"):
        _write(root / "parameters" / f"{kind}.yml", _form(kind, LANGUAGES))
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
    """Start a customer segment: `parameters/segments/NAME.yml`, with a rule that holds somebody."""
    rule = _rule(Path(folder), name)
    return _new(Path(folder) / "parameters" / "segments", name, "segment", ".yml", rule=rule)


def new_card(folder: str | Path, name: str) -> Path:
    """Start a product card: `parameters/care/cards/NAME.yml`."""
    return _new(Path(folder) / "parameters" / "care" / "cards", name, "card", ".yml")


def new_record(folder: str | Path, table: str, name: str) -> Path:
    """Start a record of the care model: rule `PS-E-40` of `rules`, or the plan of a segment.

    A table (`rules.yml`) gets one more record at its end, a folder (`plans/`) one more file. What
    must be filled in is marked `…`, what may be stands in comments. Raises `Unknown` for a table
    the care model does not have, `Exists` for a name that is there.
    """
    care = Path(folder) / "parameters" / "care"
    languages = settings_of(Path(folder)).languages
    if table not in {**TABLES, **FOLDERS}:
        raise Unknown("table of the care model", table, {**TABLES, **FOLDERS})
    if not ID.fullmatch(name):
        raise BadName(name)
    if table in FOLDERS:
        path = care / table / f"{name}.yml"
        _write(path, form(FOLDERS[table], languages))
        return path
    path = care / f"{table}.yml"
    text = read(path)[0] if path.exists() else Text(path, "")
    if name in parse(text.content, path)[0].items:
        raise Exists(path, name)
    before = f"{text.content.rstrip()}\n\n" if text.content.strip() else ""
    write(text, before + form(TABLES[table], languages, name))
    return path


def _new(folder: Path, name: str, kind: str, ending: str, **values: str) -> Path:
    if not ID.fullmatch(name):
        raise BadName(name)
    path = folder / f"{name}{ending}"
    languages = settings_of(_study_around(folder)).languages
    _write(path, _form(kind, languages, id=name, **values))
    return path


def _study_around(folder: Path) -> Path:
    """Return the study's folder, which `folder` stands in."""
    found = (f for f in folder.parents if (f / "parameters" / "study.yml").exists())
    return next(found, folder)


def _form(name: str, languages: Sequence[str], **values: str) -> str:
    """Return a form filled in, with its texts in the study's own languages only."""
    text = next(_FORMS.glob(f"{name}.*")).read_text(encoding="utf-8")
    first = languages[0]
    unknown = words(first if first in LANGUAGES else "fi")("unknown")
    filled = Template(text).substitute(values, language=first, unknown=unknown)
    return filled if name == "study" else _TEXTS.sub(lambda m: _kept(m[0], languages), filled)


def _kept(texts: str, languages: Sequence[str]) -> str:
    found = dict(_TEXT.findall(texts))
    return f"{{{', '.join(f'{name}: {found[name]}' for name in languages if name in found)}}}"


def _rule(study: Path, name: str) -> str:
    """Propose a rule for the segment `name`: what its name is like, or most customers have."""
    settings, path = settings_of(study), study / "parameters" / "informants.yml"
    text = read(path)[0].content if path.exists() else ""
    informants = parse_informants(text, path, settings.attributes)[0].values()
    has = Counter(
        (attribute, value)
        for attribute in settings.attributes
        for informant in informants
        if informant.side is Side.CUSTOMER
        for value in informant.attributes.get(attribute, ())
    )
    options = list(has) or [(a, v) for a, values in settings.attributes.items() for v in values]
    if not options:
        return "{}"
    near = get_close_matches(name, [value for _, value in options], n=1)
    first = [one for one in options if one[0] == options[0][0]]
    best = max(first, key=lambda one: has[one])
    attribute, value = next((one for one in options if one[1] in near), best)
    return f"{{{quoted(attribute)}: {quoted(value)}}}"


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
