"""Start servers, drive wrk, and read what a request costs in CPU from /proc."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from consult.cli.run import THREADS

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pids: list[int]) -> float:
    """Return the CPU time spent so far by these processes and their living descendants."""
    total = 0.0
    for pid in family(pids):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(fields[n]) for n in (11, 12, 13, 14)) / TICK
    return total


def family(roots: list[int]) -> set[int]:
    """Return these processes and all that descend from them."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, todo = set(), list(roots)
    while todo:
        pid = todo.pop()
        if pid not in found:
            found.add(pid)
            todo += children.get(pid, [])
    return found


def memory_mb(pid: int) -> float:
    """Return the resident memory of one process, in MB."""
    text = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1000


@contextmanager
def serving(target: str, port: int, environment: dict[str, str], workers: int = 2):
    """Serve a WSGI application with granian until the block ends; give its process."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(THREADS), "--no-ws",
        "--log-level", "error", target,
    ]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        wait(f"http://127.0.0.1:{port}/")
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def wait(url: str, seconds: float = 30) -> float:
    """Wait until the address answers; return how long that took."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        try:
            urllib.request.urlopen(url, timeout=5).read()
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.02)
            continue
        break
    else:
        raise SystemExit(f"{url} does not answer")
    return time.monotonic() - begun


@dataclass
class Load:
    """What one run of wrk measured."""

    requests: int
    seconds: float
    bad: int
    p50: float
    p99: float
    cpu_ms: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def load(url: str, pids: list[int], *, headers: dict[str, str], script: Path | None, seconds: int):
    """Ask one address for some seconds with 8 connections; return a `Load`."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("The benchmark needs wrk. On Debian, as root: apt-get install wrk")
    command = [program, "-t1", "-c8", f"-d{seconds}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    if script:
        command += ["-s", str(script)]
    before = cpu_seconds(pids)
    out = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    spent = cpu_seconds(pids) - before
    done, took = re.search(r"(\d+) requests in ([\d.]+)s", out).groups()
    bad = sum(int(n) for n in re.findall(r"Non-2xx or 3xx responses: (\d+)", out))
    return Load(
        int(done), float(took), bad, quantile(out, "50%"), quantile(out, "99%"),
        1000 * spent / max(1, int(done)),
    )  # fmt: skip


def quantile(out: str, name: str) -> float:
    """Read one quantile of wrk's report, in milliseconds."""
    number, unit = re.search(rf"{name}\s+([\d.]+)(us|ms|s)", out).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
