#!/usr/bin/env bash
# The solver beside scipy and LEMON on the same instances (bench/matching.c says which options there are).
#   bench/matching.sh BUILD-FOLDER [OPTION...]
# Bounded: every peer has 120 s for an instance, see --limit; all of it takes about an hour, --quick a minute.
set -euo pipefail
b=$(realpath "$1"); here=$(realpath "$(dirname "$0")")
shift
if command -v g++ >/dev/null && [ -e /usr/include/lemon/network_simplex.h ]; then
        [ "$b/bench/matching_lemon" -nt "$here/matching_lemon.cc" ] ||
                g++ -std=c++14 -O2 -w "$here/matching_lemon.cc" -o "$b/bench/matching_lemon"
fi
echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg), $(uname -m), $(date -u +%F)"
MATCHING_SCIPY=$here/matching_scipy.py exec "$b/bench/matching" "$@"
