"""Slow searches for what nobody thought of: broken studies, killed writers (`make campaign`)."""

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import STUDY, write_study
from workbench.base.problems import Problem
from workbench.base.strict_yaml import DEPTH
from workbench.loading import load

pytestmark = pytest.mark.campaign

SHARDS, STUDIES, KILLS = 8, 250, 200
SPLINTERS = [
    b"\xff", b"\x00", b"\xef\xbb\xbf", b"\r", b"\t", b"---\n", b"[1] ", b"[99999999999] ", b"&a ",
    b"*a ", b"!!python/name:os.getcwd ", b"<<: ", b"{", b"[" * DEPTH, b"'", b'"', b": ", b"# ",
    b"\\", b"9" * 5000, b"-1", b"nan", "\u2028".encode(), "\u202e".encode(), "a\u0308".encode(),
    b"\x1b[2J", b"<<<<<<< HEAD\n", b"../../etc/passwd", b"null", b"on",
]  # fmt: skip
WRITER = """
import sys
from pathlib import Path
from workbench.base.files import read, write
path = Path(sys.argv[1])
n = 0
while True:
    text, _ = read(path)
    n += 1
    write(text, f"{n} " * 20000)
"""


def spoiled(folder: Path, dice: random.Random) -> None:
    """Cut, double or splinter a few files of the study."""
    for name in dice.sample(sorted(STUDY), dice.randint(1, 4)):
        path = folder / name
        data = path.read_bytes()
        for _ in range(dice.randint(1, 3)):
            a, b = sorted(dice.randrange(len(data) + 1) for _ in range(2))
            data = dice.choice(
                [
                    data[:a] + dice.choice(SPLINTERS) + data[a:],
                    data[:a] + data[b:],
                    data[:b] + data[a:],
                    data[:a] + bytes(dice.randrange(256) for _ in range(3)) + data[a + 3 :],
                ]
            )
        path.write_bytes(data)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_broken_study_makes_load_raise_or_point_nowhere(tmp_path: Path, shard: int) -> None:
    for seed in range(shard * STUDIES, (shard + 1) * STUDIES):
        folder = write_study(tmp_path / str(seed))
        spoiled(folder, random.Random(seed))
        for problem in load(folder).problems:
            assert isinstance(problem, Problem)
            lines = (folder / problem.path).read_bytes().count(b"\n") + 1
            assert 1 <= problem.line <= lines + 1, (seed, problem)
            assert str(problem).isprintable(), (seed, problem)
        shutil.rmtree(folder)


def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("0 " * 20000, encoding="utf-8")
    dice = random.Random(1)
    seen = set()
    for _ in range(KILLS):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)])
        time.sleep(0.15 + dice.random() * 0.1)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        words = path.read_text(encoding="utf-8").split()
        assert len(words) == 20000
        assert len(set(words)) == 1
        seen.add(words[0])
    assert len(seen) > KILLS / 20, "the writer hardly ever wrote: a stale lock, or too short a life"
