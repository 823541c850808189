"""What importing a workbook costs, as a person at a terminal waits for it: seconds and memory. See README.md."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.workbooks import Content, full_size, invented, write_sfia_9  # noqa: E402

SKILLS = 147
SIZES = (1, 10, 100)
# Not the peak that the operating system reports of a child, which begins with what its parent holds.
MEASURED = """
import sys
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak, file=sys.stderr)
"""


def main(sizes: Sequence[int] = SIZES) -> None:
    for times, what, seconds, megabytes in imports(sizes):
        print(f"{SKILLS * times:>8,} skills  {what:<32}  {seconds:7.2f} s  {megabytes:6.0f} MB")


def imports(sizes: Sequence[int]) -> Iterator[tuple[int, str, float, float]]:
    """For each size, as a multiple of SFIA 9: a first import, the same again, and one that changes a tenth."""
    folder = Path(mkdtemp(prefix="skill-reference-bench-"))
    try:
        prepared = folder / "prepared"
        run(prepared, "prepare")
        for times in sizes:
            data = copytree(prepared, folder / str(times))
            content = full_size("9") if times == 1 else invented(skills=SKILLS * times)
            first = write_sfia_9(folder / "first.xlsx", content)
            second = write_sfia_9(folder / "second.xlsx", reissued(content))
            for what, workbook in (("new", first), ("the same again", first), ("a tenth changed", second)):
                yield times, what, *run(data, "import_workbook", str(workbook))
    finally:
        rmtree(folder)


def reissued(content: Content) -> Content:
    """With other guidance notes for each tenth skill."""
    for row in content.skills[::10]:
        content = content.with_skill(row.code, guidance_notes=f"{row.guidance_notes} And so on.")
    return content


def run(data: Path, *words: str) -> tuple[float, float]:
    """Run a command on this data in a process of its own; its seconds and its peak in megabytes."""
    settings = {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "sfia_site.settings", "PATH": os.environ["PATH"]}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words], cwd=ROOT, env=settings, capture_output=True, text=True, check=True
    )
    return time.perf_counter() - began, int(done.stderr.split()[-1]) / 1024


if __name__ == "__main__":
    main()
