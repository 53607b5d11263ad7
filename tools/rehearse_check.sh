#!/usr/bin/env bash
# Two seeds of a small programme over a real SMTP server, judged by what arrived.
set -euo pipefail
cd "$(dirname "$0")/.."
exec node tests/rehearsal/judge.mjs "$1" --seeds "${2:-2}" --pairs "${3:-10}"
