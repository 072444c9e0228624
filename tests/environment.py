"""environment.yml, generated from pyproject.toml: `make lock` writes it, a test compares it."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def expected() -> str:
    """Return what environment.yml must hold."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = "".join(f"#   {name}\n" for name in project["dependencies"])
    return (
        "# Generated from pyproject.toml by `make lock`; do not edit.\n"
        "# conda env create -f environment.yml && conda activate workbench\n"
        "# pip install --no-deps --no-build-isolation -e .\n"
        "# The lock pins these and all they need, with hashes:\n"
        f"{named}"
        f"name: {project['name']}\n"
        "channels: [conda-forge, nodefaults]\n"
        "dependencies:\n"
        f'  - "python{project["requires-python"]}"\n'
        "  - pip\n"
        "  - pip:\n"
        "      - -r requirements.lock\n"
    )


if __name__ == "__main__":
    print(expected(), end="")  # noqa: T201
