"""The assistant of study.yml: off unless it is written, never with a key, only to sure places."""

from pathlib import Path

import pytest

from workbench.material.assistant import Assistant
from workbench.material.settings import AUTO, Settings, parse_settings

SECRET = "sk-aB3dE6gH9jK2mN5pQ8sT1vW4yZ7"


def read(*lines: str) -> tuple[Settings, list[str]]:
    text = "\n  ".join(("assistant:", *lines)) + "\n"
    settings, problems = parse_settings(text, Path("study.yml"))
    return settings, [str(p) for p in problems]


def test_without_it_there_is_nobody_to_ask() -> None:
    settings, problems = parse_settings("title: Koe\n", Path("study.yml"))
    assert (settings.assistant, problems, settings.machines) == (None, [], (AUTO,))


def test_it_is_a_machine_and_judges_only_if_study_yml_names_it() -> None:
    settings, problems = read("coder: kone", "url: http://localhost:11434/v1", "model: m")
    assert problems == []
    assert settings.assistant is not None and settings.assistant.on
    assert settings.machines == (AUTO, "kone")
    assert not settings.judges("kone")
    assert settings.judges("aino")
    assert Settings(coders=("kone",), assistant=settings.assistant).judges("kone")


def test_without_an_address_it_is_off_and_still_no_person() -> None:
    settings, problems = read("coder: kone")
    assert problems == []
    assert settings.assistant == Assistant(coder="kone")
    assert not settings.assistant.on
    assert not settings.judges("kone")


@pytest.mark.parametrize(
    "line", [f"key: {SECRET}", f"api_key: {SECRET}", f"key_in: {SECRET}", f"Token: [{SECRET}]"]
)
def test_a_key_in_the_file_is_refused_and_not_repeated(line: str) -> None:
    settings, problems = read("coder: kone", "url: https://x.fi/v1", "model: m", line)
    assert len(problems) == 1
    assert problems[0].startswith("study.yml:5: ")
    assert "only its name: `key_in: MY_API_KEY`" in problems[0]
    assert SECRET not in problems[0]
    assert SECRET not in repr(settings)
    assert settings.assistant is not None and not settings.assistant.on


def test_the_name_of_a_variable_is_taken() -> None:
    settings, problems = read("coder: kone", "key_in: OPENAI_API_KEY")
    assert problems == []
    assert settings.assistant is not None
    assert settings.assistant.key_in == "OPENAI_API_KEY"


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.fi/v1",
        "http://localhost:1/v1",
        "http://127.0.0.1/v1",
        "http://[::1]:8/v1",
    ],
)
def test_https_goes_anywhere_and_http_to_this_machine(url: str) -> None:
    assert read("coder: kone", f"url: '{url}'", "model: m")[1] == []


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.fi/v1",
        "http://localhost.example.fi/v1",
        "http://localhost@example.fi/v1",
        "http://10.0.0.1/v1",
        "ftp://localhost/v1",
        "file:///etc/passwd",
        "localhost:11434",
        "https://keijo:hunaja@example.fi/v1",
        "https://example.fi/v1?key=hunaja",
        "https://example.fi:99999/v1",
        "https://exa mple.fi/v1",
        "http://localhost\\\\@example.fi/v1",
        "",
    ],
)
def test_any_other_address_turns_it_off(url: str) -> None:
    settings, problems = read("coder: kone", f'url: "{url}"', "model: m")
    assert settings.assistant is not None and not settings.assistant.on
    assert bool(problems) == bool(url)
    assert all(p.startswith("study.yml:3: ") and "hunaja" not in p for p in problems)


@pytest.mark.parametrize("coder", ["../aino", "a b", "auto", "sovittu"])
def test_it_cannot_have_a_name_that_is_no_file_or_that_of_other_codings(coder: str) -> None:
    settings, problems = read(f"coder: {coder}", "url: http://localhost/v1", "model: m")
    assert len(problems) == 1
    assert settings.assistant is None


def test_a_model_s_name_cannot_break_a_coder_s_file() -> None:
    _, problems = read("coder: kone", "url: http://localhost/v1", 'model: "m\\tx"')
    assert problems == ["study.yml:4: the model's name must stand on one line."]


def test_bounds_must_let_something_through() -> None:
    settings, problems = read("coder: kone", "url: http://localhost/v1", "model: m", "requests: 0")
    assert problems == ["study.yml:5: 'requests' must be above 0."]
    assert settings.assistant is not None and not settings.assistant.on
