import subprocess
import sys
from pathlib import Path

import pytest

from goodword.platform.embedding import cache
from goodword.platform.embedding.cache import kept

SOURCE = Path(cache.__file__).parents[3]


def never() -> bytes:
    raise AssertionError("built again")


def test_what_was_built_is_kept(tmp_path):
    assert kept(tmp_path / "new" / "folder", "model-1", lambda: b"weights") == b"weights"
    assert kept(tmp_path / "new" / "folder", "model-1", never) == b"weights"


def test_another_name_is_built_anew(tmp_path):
    kept(tmp_path, "model-1", lambda: b"old")
    assert kept(tmp_path, "model-2", lambda: b"new") == b"new"
    assert kept(tmp_path, "model-1", never) == b"old"


@pytest.mark.parametrize("damage", [b"", b"weight", b"weights!", b"weighty"])
def test_a_damaged_file_is_built_again(tmp_path, damage):
    kept(tmp_path, "model-1", lambda: b"weights")
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    assert kept(tmp_path, "model-1", lambda: b"weights") == b"weights"
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"weights"]


def test_an_interrupted_writer_is_not_believed(tmp_path):
    (tmp_path / "model-1-0123.part").write_bytes(b"wei")
    assert kept(tmp_path, "model-1", lambda: b"weights") == b"weights"


def test_a_folder_that_cannot_be_made_does_not_stop_us(tmp_path):
    (tmp_path / "file").write_bytes(b"in the way")
    assert kept(tmp_path / "file" / "folder", "model-1", lambda: b"weights") == b"weights"


def test_two_processes_may_build_at_the_same_time(tmp_path):
    program = (
        "import sys; from pathlib import Path; from goodword.platform.embedding.cache import kept\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "content = kept(Path(sys.argv[1]), 'model-1', lambda: b'0123456789' * 2_000_000)\n"
        "sys.exit(len(content) != 20_000_000)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(SOURCE)},
        )
        for _ in range(2)
    ]
    assert [process.stdout and process.stdout.readline() for process in running] == ["ready\n", "ready\n"]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate(timeout=30) and process.returncode for process in running] == [0, 0]
    assert kept(tmp_path, "model-1", never) == b"0123456789" * 2_000_000
    assert len(list(tmp_path.iterdir())) == 1
