# What ./start and ./test share: a Python, a virtual environment, Debian's packages.
# Sourced from the project's root.

export PYTHONUTF8=1 PIP_USER=no PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
unset PYTHONHOME PYTHONDONTWRITEBYTECODE # what is started over and over is compiled once

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# Print the first Python that is recent enough.
find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null 2>&1 && is_recent "$name"; then
      command -v "$name"
      return
    fi
  done
  fail "Python 3.11 or later is missing. On Debian 12: apt-get install python3 python3-venv"
}

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# Run a command as root when that needs no password; otherwise return 1.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# Install Debian packages; return 1 when this machine or this person does not allow it.
install_packages() {
  command -v apt-get >/dev/null 2>&1 && as_root true || return 1
  say "Installing $*"
  if [ -z "${lists_are_fresh:-}" ]; then
    as_root apt-get update -qq >&2 || return 1
    lists_are_fresh=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Make .venv when it is missing or no longer works.
make_environment() {
  local python
  if is_recent .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
    return
  fi
  python=$(find_python)
  if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    install_packages python3-venv || true
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
      fail "$python cannot make virtual environments. On Debian: apt-get install python3-venv"
  fi
  say "Making .venv with $("$python" --version)"
  "$python" -m venv --clear .venv || fail "$python could not make .venv."
}

# What an installation depends on: the requirements, the interpreter, the place.
fingerprint() {
  { cat pyproject.toml; .venv/bin/python --version; pwd -P; } | sha256sum | cut -d ' ' -f 1
}

# Install the package with some extras, unless nothing changed since the last time.
# A lock on the project's folder keeps two of them from installing at once.
install_project() {
  local extras=$1 stamp=.venv/.installed-$1 print
  exec 9<.
  ! command -v flock >/dev/null 2>&1 || flock 9
  make_environment
  print=$(fingerprint)
  if [ "$(cat "$stamp" 2>/dev/null)" != "$print" ]; then
    say "Installing the Python packages (a minute the first time)"
    .venv/bin/python -m pip install -q -e ".[$extras]" ||
      fail "The Python packages could not be installed: see the message above."
    printf '%s\n' "$print" | tee .venv/.installed-analysis,pdf >"$stamp"
  fi
  exec 9<&-
}
