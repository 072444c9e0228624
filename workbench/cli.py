"""The verbs on the command line: a module for each kind, read when one of its verbs is called."""

from __future__ import annotations

import importlib

import click

from workbench.base.problems import WorkbenchError

VERBS = {
    "anchor": "cli_study.anchor_again",
    "ask": "cli_study.ask",
    "autocode": "cli_study.autocode",
    "check": "cli_study.check",
    "code": "cli_codebook.code",
    "codebook": "cli_codebook.codebook",
    "counter": "cli_findings.counter",
    "diff": "cli_care.changed",
    "disagreements": "cli_study.show_disagreements",
    "framework": "cli_findings.framework",
    "gaps": "cli_trace.gaps",
    "import": "cli_study.bring_in",
    "management": "cli_care.handled",
    "new": "cli_study.new",
    "recode": "cli_codebook.recode",
    "release": "cli_study.release",
    "run": "cli_run.run",
    "search": "cli_study.find",
    "settle": "cli_study.settle",
    "show": "cli_show.show",
    "status": "cli_study.show_status",
    "trace": "cli_trace.trace",
    "work": "cli_study.show_work",
}


class _Verbs(click.Group):
    """Reads a verb when it is called, and turns misuse into one sentence instead of a traceback."""

    def list_commands(self, _: click.Context) -> list[str]:
        return sorted(VERBS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        module, verb = VERBS[name].split(".")
        found: click.Command = getattr(importlib.import_module(f"workbench.{module}"), verb)
        return found

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except WorkbenchError as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=_Verbs)
@click.version_option(package_name="workbench")
def main() -> None:
    """From what customers say to a care model: plain files, Python and Jupyter."""
