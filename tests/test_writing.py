"""A file that is replaced is the old one or the new one, whatever happens."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from composecheck.writing import ChangedMeanwhile, replace_file
from tests.shared_material import REPOSITORY

OLD, NEW = b"a: 1\r\n" * 50_000, b"b: 2\r\n" * 60_000

posix = pytest.mark.skipif(os.name != "posix", reason="NOT RUN: this is no POSIX system")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "compose.yaml"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def only(file: Path) -> bytes:
    """Return the bytes of a file, beside which there is no other."""
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]
    return file.read_bytes()


def test_a_file_is_replaced(file: Path) -> None:
    replace_file(file, OLD, NEW)
    assert only(file) == NEW


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_the_mode_stays(file: Path, mode: int) -> None:
    file.chmod(mode)
    replace_file(file, OLD, NEW)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@posix
def test_the_owner_stays_where_we_may_set_it(file: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("NOT RUN: only root may give files away")
    os.chown(file, 12345, 23456)
    replace_file(file, OLD, NEW)
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 23456)


@posix
def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(Path("folder") / "compose.yaml")
    replace_file(link, OLD, NEW)
    assert link.is_symlink()
    assert only(file) == NEW


def test_a_file_that_has_changed_is_left_alone(file: Path) -> None:
    with pytest.raises(ChangedMeanwhile):
        replace_file(file, OLD[:-1], NEW)
    assert only(file) == OLD


def test_a_file_that_is_gone_stays_gone(file: Path) -> None:
    file.unlink()
    with pytest.raises(FileNotFoundError):
        replace_file(file, OLD, NEW)
    assert list(file.parent.iterdir()) == []


@posix
def test_a_file_that_must_not_be_written_is_left_alone(file: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("NOT RUN: root may write every file")
    file.chmod(0o444)
    with pytest.raises(PermissionError):
        replace_file(file, OLD, NEW)
    assert only(file) == OLD


def run(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start Python with `program`, which may import composecheck."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src")},
        stdout=subprocess.PIPE,
    )


FULL = """
import resource, signal, sys
from pathlib import Path
from composecheck.writing import replace_file
file = Path(sys.argv[1])
old = file.read_bytes()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))  # as on a disk that is nearly full
try:
    replace_file(file, old, b"b: 2\\r\\n" * 60_000)
except OSError as error:
    print(type(error).__name__)
"""


@posix
def test_on_a_full_disk_the_old_file_stays(file: Path) -> None:
    with run(FULL, str(file)) as process:
        out, _ = process.communicate(timeout=60)
    assert out == b"OSError\n"
    assert only(file) == OLD


LOOP = """
import sys
from pathlib import Path
from composecheck.writing import replace_file
file, texts = Path(sys.argv[1]), (b"a: 1\\r\\n" * 50_000, b"b: 2\\r\\n" * 60_000)
print("ready", flush=True)
while True:
    replace_file(file, *texts)
    replace_file(file, *texts[::-1])
"""


@posix
def test_killed_at_any_moment_the_file_is_the_old_or_the_new(file: Path) -> None:
    for number in range(25):
        with run(LOOP, str(file)) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.002 * (number % 10))  # at another moment each time: any will do
            process.send_signal(signal.SIGKILL)
        assert file.read_bytes() in (OLD, NEW)
        file.write_bytes(OLD)
    # What a killed process leaves behind never has the name of a Compose file.
    left = [entry.name for entry in file.parent.iterdir() if entry != file]
    assert all(name.startswith(".compose.yaml.") and name.endswith(".tmp") for name in left)
