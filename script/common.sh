# Shared by the scripts beside it: sourced, never run. Every script stands in the repository's root from here on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# say what is done, on standard error: standard output belongs to results.
say() { printf '== %s\n' "$*" >&2; }

# fail with one sentence.
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# Runs a command whose output only matters when it fails.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

jobs() { nproc 2>/dev/null || echo 2; }

# Waits until no other script builds here; the lock ends with this script.
build_alone() {
  mkdir -p build
  command -v flock >/dev/null || return 0
  exec 9>build/.lock
  flock -n 9 || { say "Waiting for another build"; flock 9; }
}
