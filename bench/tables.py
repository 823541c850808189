"""How figures are printed."""

from collections.abc import Iterable, Sequence


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    lines = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in [head, *rows]]
    columns = [aligned(column) for column in zip(*lines, strict=True)]
    print(f"\n{title}\n")
    for cells in zip(*columns, strict=True):
        print("  ".join(cells).rstrip())


def aligned(column: Sequence[str]) -> list[str]:
    """Numbers to the right, words to the left."""
    width = max(map(len, column))
    return [cell.rjust(width) if column[-1][:1].isdigit() else cell.ljust(width) for cell in column]
