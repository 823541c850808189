"""A stack in one piece, for Python before 3.13.

Its stack comes in pieces of 16 kilobytes, and the last one is given back to the system whenever it is empty. Where a
loop stands at the end of a piece, each call in it takes a new one and gives it back: a tenth of the time of the tests
of pages. A function with very many local variables takes a large piece, in which all that it calls has room.
"""

import sys
from collections.abc import Callable
from typing import Any

LOCALS = 32_768


def _with_a_large_frame() -> Callable[[Callable[[], Any]], Any]:
    """A function that calls another. Its variables are never set: that would take longer than many tests."""
    lines = ["def call(function):", "    if 0:", *(f"        v{number} = 0" for number in range(LOCALS))]
    namespace: dict[str, Any] = {}
    exec("\n".join([*lines, "    return function()"]), namespace)
    return namespace["call"]


in_one_piece = _with_a_large_frame() if sys.version_info < (3, 13) else lambda function: function()
