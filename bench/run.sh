#!/usr/bin/env bash
# Prints every figure of docs/measurements.md in one run. Bounded: about four minutes. Loopback only.
#   bench/run.sh BUILD-FOLDER
set -euo pipefail
for tool in wrk curl python3; do command -v $tool >/dev/null || { echo "bench wants $tool: apt-get install $tool" >&2; exit 1; }; done
b=$(realpath "$1"); here=$(realpath "$(dirname "$0")")
work=$(mktemp -d); seconds=${BENCH_SECONDS:-5}; server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
ulimit -n 20000 2>/dev/null || true
export TELEMACHUS_PURPOSE=test

start() {        # start DATA PORT
        "$b/telemachus" serve --data "$1" --listen 127.0.0.1:"$2" 2>"$work/log" &
        server=$!
        for _ in $(seq 200); do curl -fs -o /dev/null "http://127.0.0.1:$2/readyz" && return; sleep 0.01; done
        echo "the server did not start" >&2; tail -5 "$work/log" >&2; exit 1
}
stop() { kill "$server"; wait "$server" 2>/dev/null || true; server=""; }
ticks() { awk '{print $14 + $15}' "/proc/$server/stat"; }
page() {         # page NAME DATA PORT PATH PREFIX COUNT STEP FIRST [zip]
        local before after result
        before=$(ticks)
        result=$(wrk -t1 -c64 -d"$seconds" --latency -s "$here/sessions.lua" "http://127.0.0.1:$3$4" -- "$5" "$6" "$7" "$8" "${9:-}")
        after=$(ticks)
        echo "$result" | awk -v name="$1" -v cpu=$((after - before)) -v hz="$(getconf CLK_TCK)" '
                /requests in/ {n = $1} /Requests\/sec/ {r = $2} $1 == "99%" {p = $2} /Non-2xx/ {bad = $NF}
                END {printf "%-38s %9.0f pages/s   p99 %-9s %6.1f us server CPU a page%s\n", name, r, p, cpu / hz / n * 1e6, bad ? "   NOT 200: " bad : ""}'
}

for people in 1000 100000; do
        data=$work/$people
        "$b/bench/fill" "$data" "$people"
        cohorts=$((people / 100)); mentees=$((people / 2))
        echo "== $people participants, $(du -sh "$data/telemachus.db" | cut -f1)"
        echo "bare /home   $("$b/bench/bare" "$data" /home bench- "$mentees" 4000)"
        echo "bare /desk   $("$b/bench/bare" "$data" /desk bench-desk- "$cohorts" 1000)"
        start "$data" 18480
        page "/home, 64 clients" "$data" 18480 /home bench- "$mentees" 2 0
        page "/desk, 64 clients" "$data" 18480 /desk bench-desk- "$cohorts" 1 1
        page "/home, 64 clients, compressed" "$data" 18480 /home bench- "$mentees" 2 0 zip
        if [ "$people" = 1000 ]; then
                python3 "$here/idle.py" 18480 5000 $((seconds + 6)) > "$work/idle" & holder=$!
                for _ in $(seq 100); do [ -s "$work/idle" ] && break; sleep 0.1; done
                page "/home, 64 clients, $(cat "$work/idle") idle" "$data" 18480 /home bench- "$mentees" 2 0
                wait $holder || true
        fi
        stop
done

data=$work/1000
echo "== writes"
"$b/bench/writes" "$data" "$seconds"
echo "== start and memory"
best=999999
for _ in 1 2 3 4 5; do
        t0=$(date +%s%N)
        "$b/telemachus" serve --data "$data" --listen 127.0.0.1:18481 2>/dev/null & server=$!
        until curl -fs -o /dev/null http://127.0.0.1:18481/healthz; do :; done
        t=$(( ($(date +%s%N) - t0) / 1000 )); [ $t -lt $best ] && best=$t
        last=$server

        private=$(awk '/^Private/ {n += $2} END {print n}' /proc/$server/smaps_rollup)
        kill $last; wait $last 2>/dev/null || true; server=""
done
echo "start to first answer: $((best / 1000)).$((best % 1000 / 100)) ms (best of 5, with curl's own start)"
echo "private memory, idle: $((private / 1024)) MiB"
