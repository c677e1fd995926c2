"""A private PostgreSQL and a private Redis for one run of the tests.

Each server belongs to a keeper, a small process of ours that waits for the end of its standard
input. The tests hold the other end: when they close it, or die in any way, the keeper stops its
server and removes the folder. No other server is touched.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

POSTGRES_USERS = ("postgres", "nobody")
MEMORY, ENOUGH = Path("/dev/shm"), 2**31
PATIENCE = 60.0


class ServerError(RuntimeError):
    """A server the tests need is missing or does not start."""


# ---- keepers ---------------------------------------------------------------------------------


def keep(folder: str, stop: str, command: list[str]) -> None:
    """Run a command until standard input ends, then stop it and remove its folder."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    owner = os.stat(folder)
    server = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        preexec_fn=restore_signals,
        **run_as(owner.st_uid, owner.st_gid),
    )
    try:
        sys.stdin.buffer.read()
    finally:
        server.send_signal(int(stop))
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def restore_signals() -> None:
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)


def run_as(uid: int, gid: int) -> dict:
    """Return what makes a child an ordinary user, when we are root and it is not."""
    if os.geteuid() or not uid:
        return {}
    return {"user": uid, "group": gid, "extra_groups": []}


@contextlib.contextmanager
def kept(folder: Path, stop: signal.Signals, command: list[str]) -> Iterator[subprocess.Popen]:
    """Start a keeper in a session of its own, and end it with the block."""
    with open(folder / "server.log", "wb") as log:
        keeper = subprocess.Popen(
            [sys.executable, __file__, str(folder), str(int(stop)), *command],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield keeper
    finally:
        keeper.stdin.close()
        keeper.wait()


def until_ready(keeper: subprocess.Popen, folder: Path, ready) -> None:
    """Wait until a server answers; raise `ServerError` with its last words if it does not."""
    deadline = time.monotonic() + PATIENCE
    log = folder / "server.log"
    while not ready():
        if keeper.poll() is not None or time.monotonic() > deadline or refused(log):
            raise ServerError(log.read_text(errors="replace")[-2000:] if log.exists() else "gone")
        time.sleep(0.03)


def refused(log: Path) -> bool:
    text = log.read_text(errors="replace") if log.exists() else ""
    return "FATAL:  could not" in text or "Failed listening" in text


def private_folder(name: str, uid: int, gid: int) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"consult-{name}-"))
    if len(str(folder)) > 70:  # a socket's path has at most 107 characters
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix=f"consult-{name}-", dir="/tmp"))
    if os.geteuid() == 0 and uid:
        os.chown(folder, uid, gid)
    return folder


# ---- PostgreSQL ------------------------------------------------------------------------------


def postgres_bin() -> Path:
    """Return the folder of the newest PostgreSQL server of this machine."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: [int(part) for part in path.parts[4].split(".") if part.isdigit()],
    )
    if found:
        return found[-1].parent
    if path := shutil.which("initdb"):
        return Path(path).resolve().parent
    raise ServerError("The tests need PostgreSQL. On Debian, as root: apt-get install postgresql")


def ordinary_user() -> tuple[int, int]:
    """Return the user and group that run PostgreSQL, which refuses root."""
    if os.geteuid():
        return os.geteuid(), os.getegid()
    for name in POSTGRES_USERS:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    raise ServerError("PostgreSQL refuses root, and no user named postgres or nobody exists.")


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Run a private cluster on a socket; give the address of its first database."""
    binaries, (uid, gid) = postgres_bin(), ordinary_user()
    folder = private_folder("pg", uid, gid)
    try:
        subprocess.run(
            [
                *(binaries / "initdb", "-D", folder / "data", "-U", "consult", "-A", "trust"),
                *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"),
            ],
            cwd=folder,
            check=True,
            capture_output=True,
            **run_as(uid, gid),
        )
    except subprocess.CalledProcessError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise ServerError(error.stderr.decode(errors="replace")) from error
    # SIGINT is PostgreSQL's fast shutdown: it ends the connections that are left.
    with kept(folder, signal.SIGINT, postgres_command(binaries, folder)) as keeper:
        ready = [str(binaries / "pg_isready"), "-q", "-h", str(folder)]
        until_ready(keeper, folder, lambda: subprocess.run(ready, check=False).returncode == 0)
        yield f"postgresql+psycopg://consult@/postgres?host={folder}"


def postgres_command(binaries: Path, folder: Path) -> list[str]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "max_connections": "300",
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "timezone": "Europe/Paris",  # as Debian sets it in France: the code must not lean on UTC
    }
    options = [f"--{name}={value}" for name, value in settings.items()]
    return [str(binaries / "postgres"), "-D", str(folder / "data"), *options]


def create_database(name: str, template: str = "template1") -> str:
    """Make a database of the private cluster; return its address."""
    run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    run_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return address_of(name)


def drop_database(name: str) -> None:
    """Remove a database of the private cluster, with its connections."""
    run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def address_of(name: str) -> str:
    """Return the address of a database of the private cluster."""
    base, query = os.environ["CONSULT_TEST_PG_URL"].split("?", 1)
    return f"{base.rsplit('/', 1)[0]}/{name}?{query}"


def run_sql(statement: str) -> None:
    """Run one statement outside a transaction, as the cluster's owner."""
    import psycopg  # the core installation has none

    url = os.environ["CONSULT_TEST_PG_URL"].replace("+psycopg", "", 1)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


# ---- Redis -----------------------------------------------------------------------------------


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Run a private Redis on a free port behind a password; give its address."""
    program = shutil.which("redis-server")
    if program is None:
        raise ServerError("The tests need Redis. On Debian, as root: apt-get install redis-server")
    folder = private_folder("redis", os.geteuid(), os.getegid())
    port, password = free_port(), secrets.token_hex(16)
    config = folder / "redis.conf"
    config.write_text(
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\n'
        f"dir {folder}\n"
    )
    config.chmod(0o600)
    with kept(folder, signal.SIGTERM, [program, str(config)]) as keeper:
        until_ready(keeper, folder, lambda: answers(port, password))
        yield f"redis://:{password}@127.0.0.1:{port}/0"


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as line:
            line.sendall(f"AUTH {password}\r\n".encode())
            return line.recv(16).startswith(b"+OK")
    except OSError:
        return False


# ---- pytest ----------------------------------------------------------------------------------

_running = contextlib.ExitStack()


def in_memory() -> None:
    """Put the folders of the tests in memory, where there is room: a commit waits for no disk."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def add_options(parser) -> None:
    """Add --no-servers: for the tests that need none."""
    parser.addoption("--no-servers", action="store_true", help="start no PostgreSQL and no Redis")


def configure(config) -> None:
    """Start both servers once, in the controller; the workers inherit their addresses."""
    import pytest

    option = config.option
    if hasattr(config, "workerinput") or option.collectonly or option.help or option.version:
        return
    if config.getoption("--no-servers", default=False):
        return
    try:
        os.environ["CONSULT_TEST_PG_URL"] = _running.enter_context(postgres())
        os.environ["CONSULT_TEST_REDIS_URL"] = _running.enter_context(redis())
    except ServerError as error:
        _running.close()
        raise pytest.UsageError(str(error)) from error


def unconfigure(config) -> None:
    """Stop what `configure` started."""
    if not hasattr(config, "workerinput"):
        _running.close()


if __name__ == "__main__":
    keep(sys.argv[1], sys.argv[2], sys.argv[3:])
