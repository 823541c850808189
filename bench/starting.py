"""How long a person waits at `make run` once everything is installed: from the command to the first page."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
LONGEST_START = 60  # seconds


def seconds_to_first_page(address: str = "/skills/ITMG/") -> float:
    """Start the server as `make run` does, on the data of this process's environment, ask for a page, and stop it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    try:
        while not _answers(f"http://127.0.0.1:{port}{address}"):
            if server.poll() is not None or time.perf_counter() - began > LONGEST_START:
                raise RuntimeError("The server did not start.")
            time.sleep(0.01)
        return time.perf_counter() - began
    finally:
        server.terminate()
        server.wait()


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=10) as response:
            return bool(response.status == 200)
    except URLError:
        return False
