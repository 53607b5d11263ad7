# Sourced by ./check: the parts of it, each a function part_NAME that prints to a log and counts what passed and what failed.

B=build/check
LOGS=$B/log
SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined"
# gcc warns wrongly where the sanitizers have rewritten the code; the plain build and clang's still refuse these.
SANITIZED_NOISE="-Wno-format-truncation -Wno-format-overflow -Wno-stringop-overflow -Wno-stringop-overread -Wno-maybe-uninitialized -Wno-nonnull"
FUZZ_SECONDS=${FUZZ_SECONDS:-5}
passed=0
failed=0
work=

# ---- a folder, a person without rights, a PostgreSQL of our own ----

begin_work() {
        mkdir -p $LOGS
        work=$(mktemp -d /tmp/telemachus-check.XXXXXX)
        mkdir "$work/tmp" "$work/home"
        if [ "$(id -u)" = 0 ]; then
                chown -R nobody "$work/tmp" "$work/home"
                chmod 711 "$work"
                lend_house
        fi
}

# Tests run as nobody; a clone below /root is out of reach for it, then they run on a copy.
lend_house() {
        setpriv --reuid nobody --clear-groups test -r "$PWD/check" -a -x "$PWD/tools" && return
        echo "This folder is closed to others: checking a copy of it."
        lent_from=$PWD
        mkdir -p "$work/house"
        tar -c --exclude=./data --exclude=./.git . | tar -x -C "$work/house" --no-same-owner
        chmod -R a+rX "$work/house"
        cd "$work/house" || exit 1
}

end_work() {
        [ -z "${postgres:-}" ] || tools/pg.sh stop "$work/pg" >>$LOGS/postgres.log 2>&1
        [ -z "${lent_from:-}" ] || cp $LOGS/*.log "$lent_from/$LOGS/"
        cd / && [ -n "$work" ] && rm -rf "$work"
}

# Without rights, with a home and a place for temporary files of its own. within: a command that starts it somewhere else.
within=()
as_nobody() {
        local who=()
        [ "$(id -u)" != 0 ] || who=(setpriv --reuid nobody --regid nogroup --clear-groups)
        "${within[@]}" "${who[@]}" env HOME="$work/home" TMPDIR="$work/tmp" "$@"
}

# Sets $postgres to the URL of a server that lives as long as this check.
need_postgres() {
        [ -z "${postgres:-}" ] || return 0
        postgres=$(tools/pg.sh start "$work/pg" 2>>$LOGS/postgres.log) || { cat $LOGS/postgres.log; postgres=; return 1; }
        psql -q "$postgres" -c "CREATE DATABASE house TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'" || return 1
        postgres=${postgres%/*}/house
}

# ---- running and counting ----

count() { passed=$((passed + $1)); failed=$((failed + $2)); }

run_part() {
        local log=$LOGS/$1.log before_passed=$passed before_failed=$failed began=$SECONDS status=0
        : >"$log"
        part_"$1" >>"$log" 2>&1 || status=$?
        # A part that breaks before it counts anything has failed once.
        if [ $status != 0 ] && [ $failed = $before_failed ]; then count 0 1; fi
        printf '%-12s %5d passed %4d failed  %4d s\n' "$1" $((passed - before_passed)) $((failed - before_failed)) $((SECONDS - began))
        if [ $failed != $before_failed ]; then
                grep -aE '^(not ok( -| [0-9]+ - )|    not ok|.*: error:|.*ERROR:|.*runtime error:|.*SUMMARY:)' "$log" | head -n 30 | sed 's/^/    | /'
                tail -n 25 "$log" | cut -c 1-300 | sed 's/^/    /'
                echo "    (all of it: $log)"
        fi
}

# one NAME COMMAND...: one test that a command passes with status 0
one() {
        local name=$1
        shift
        echo "# $name"
        if "$@"; then count 1 0; echo "ok - $name"; else count 0 1; echo "not ok - $name"; fi
}

# tap NAME COMMAND...: counts the tests of a program that speaks TAP; a program that dies counts as one more failure
tap() {
        local name=$1 out=$work/tap status=0 good bad
        shift
        echo "# $name"
        "$@" >"$out" 2>&1 || status=$?
        cat "$out"
        good=$(grep -aE '^ok [0-9]+' "$out" | grep -vc '# SKIP')
        bad=$(grep -aE '^not ok [0-9]+' "$out" | grep -vc '# SKIP')
        if [ "$bad" = 0 ] && { [ $status != 0 ] || [ "$good" = 0 ]; }; then
                echo "not ok - $name ended with status $status after $good tests"
                bad=1
        fi
        count "$good" "$bad"
}

# node --test: its totals stand at the end
node_tests() {
        local out=$work/node status=0 good bad
        as_nobody env TELEMACHUS_PROGRAM="${program:-$PWD/$B/telemachus}" TELEMACHUS_TEST_PG="${postgres:-}" ASAN_OPTIONS=detect_leaks=0 \
                node --test --test-reporter=tap "$@" >"$out" 2>&1 || status=$?
        cat "$out"
        good=$(sed -n 's/^# pass //p' "$out" | tail -n 1)
        bad=$(sed -n 's/^# fail //p' "$out" | tail -n 1)
        bad=$((${bad:-0} + $(sed -n 's/^# cancelled //p' "$out" | tail -n 1)))
        [ $status = 0 ] || [ $bad != 0 ] || bad=1
        [ "${good:-0}" != 0 ] || [ $bad != 0 ] || bad=1
        count "${good:-0}" $bad
}

# ---- the parts ----

make_sanitized() {
        ASAN_OPTIONS=detect_leaks=0 make -s -k -j"$(nproc)" CC=gcc B=$B OPT=-O1 SAN="$SANITIZE" EXTRA="$SANITIZED_NOISE" "$@"
}

unit_programs() { ls src/*/*_test.c | sed "s,^src/,$B/test/,; s,\\.c\$,,"; }

part_lint() {
        tap conventions python3 tools/lint.py --build $B
        [ -n "${QUICK:-}" ] || one "cppcheck finds nothing" cppcheck -q -j "$(nproc)" --std=c11 --error-exitcode=1 --inline-suppr \
                --enable=warning,portability --suppressions-list=tools/cppcheck.txt -Isrc src tools
}

part_build() {
        one "the program builds with gcc and its warnings" make_sanitized all
        one "every unit test builds" make_sanitized $(unit_programs)
        one "every sentence has its German" make_sanitized messages-check
}

# clang's warnings, and at the same time the fuzzers
fuzz_build() {
        ASAN_OPTIONS=detect_leaks=0 make -s -k -j"$(nproc)" B=$B/fuzzing CC=clang OPT=-O1 \
                SAN=-fsanitize=address,undefined,fuzzer-no-link "$@"
}

part_clang() {
        one "the house builds with clang and its warnings" fuzz_build $B/fuzzing/libhouse.a
        one "every fuzzer builds" fuzz_build $(fuzz_programs)
}

fuzz_programs() { ls src/*/*_fuzz.c 2>/dev/null | sed "s,^src/,$B/fuzzing/fuzz/,; s,\\.c\$,,"; }

part_unit() {
        local program
        if [ -z "${QUICK:-}" ]; then need_postgres || return 1; fi
        for program in $(unit_programs); do
                tap "$program" as_nobody env CMOCKA_MESSAGE_OUTPUT=TAP TELEMACHUS_TEST_PG="${postgres:-}" \
                        UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_leaks="${LEAKS:-0}" "$program"
        done
}

part_fuzz() {
        local program seeds
        fuzz_build $(fuzz_programs) || return 1
        for program in $(fuzz_programs); do
                mkdir -p "$work/tmp/corpus"
                chmod 777 "$work/tmp/corpus"
                seeds=tests/fuzz/$(basename "$(dirname "$program")")
                [ -d "$seeds" ] || seeds=
                one "$(basename "$program"), $FUZZ_SECONDS s" as_nobody env ASAN_OPTIONS=detect_leaks=0 "$program" -max_total_time="$FUZZ_SECONDS" \
                        -verbosity=0 -print_final_stats=1 -artifact_prefix="$work/tmp/" "$work/tmp/corpus" $seeds
                rm -rf "$work/tmp/corpus"
        done
}

# The solver against scipy, and under ThreadSanitizer on fewer problems. For those who have several nights there is
# TELEMACHUS_RANDOM, see src/matching/matching_random_test.c.
part_matching() {
        local program t=$B/tsan/solver
        make_sanitized all || return 1
        tap "the program and scipy agree" as_nobody env ASAN_OPTIONS=detect_leaks=0 tests/matching/orlib.py "$PWD/$B/telemachus"
        one "the solver builds with every engine on the smallest problems" make_sanitized $B/eager/random_test || return 0
        tap "random problems, every engine" as_nobody env CMOCKA_MESSAGE_OUTPUT=TAP ASAN_OPTIONS=detect_leaks=0 $B/eager/random_test
        one "the solver builds for ThreadSanitizer" make -s -k -j"$(nproc)" B=$B/tsan OPT=-O1 SAN=-fsanitize=thread EXTRA="$SANITIZED_NOISE" \
                $t/matching_random_test $t/matching_session_test $t/matching_threads_test $t/matching_test || return 0
        for program in random session threads; do
                tap "matching_${program}_test, threads watched" as_nobody env CMOCKA_MESSAGE_OUTPUT=TAP TELEMACHUS_RANDOM=900 \
                        $t/matching_${program}_test
        done
        tap "matching_test, threads watched" as_nobody env CMOCKA_MESSAGE_OUTPUT=TAP $t/matching_test
}

e2e() { need_postgres && node_tests "$@"; }

part_door() { e2e tests/e2e/sign-in.test.mjs; }
part_ways() { e2e tests/e2e/sign-in-ways.test.mjs; }
part_life() { e2e tests/e2e/life*.test.mjs; }
part_table() { e2e tests/e2e/matching.test.mjs; }
part_shortlist() { e2e tests/e2e/shortlist.test.mjs; }
part_closing() { e2e tests/e2e/closing.test.mjs; }
part_design() { e2e tests/e2e/design.test.mjs; }
part_desk() { e2e tests/e2e/desk.test.mjs; }
part_applying() { e2e tests/e2e/applying.test.mjs; }
part_roles() { e2e tests/e2e/roles.test.mjs; }
part_visibility() { e2e tests/e2e/visibility.test.mjs; }
# Some four hundred pages, seen several times; the plain program, which is quick enough for that.
part_pages() {
        make -s -j"$(nproc)" all || return 1
        program=$PWD/build/telemachus node_tests tests/e2e/pages.test.mjs
}
part_keys() { e2e tests/e2e/keys.test.mjs; }
# What Lighthouse measures is the program that is shipped.
part_lighthouse() {
        make -s -j"$(nproc)" all || return 1
        program=$PWD/build/telemachus node_tests tests/e2e/lighthouse.test.mjs
}
part_kill() { e2e tests/e2e/kill.test.mjs; }
# Bad weather; the plain program, since the figures of an instrumented one say little.
part_weather() {
        make -s -j"$(nproc)" all || return 1
        program=$PWD/build/telemachus node_tests tests/weather/weather.test.mjs
}

part_domain() { node_tests tests/e2e/check.test.mjs; }

part_safety() { e2e tests/e2e/safety.test.mjs; }
part_faults() { e2e tests/e2e/faults.test.mjs tests/e2e/faults-life.test.mjs; }

# nginx and Caddy in front of the program, as packaging/ says.
part_proxies() { node_tests tests/proxies/proxies.test.mjs; }

# Disks that fill up and turn read-only; they are mounted where nobody else sees them.
part_disk() {
        if [ "$(id -u)" != 0 ] || ! unshare -m true 2>/dev/null; then
                echo "skipped: no right to mount a small disk here"
                return 0
        fi
        mkdir -p "$work/disk"
        local within=(unshare -m tests/disk/small.sh "$work/disk")
        TELEMACHUS_SMALL_DISK="$work/disk" node_tests tests/disk/disk.test.mjs
}

# The package, on a bare Debian in a folder of its own; the plain program, since that is what is shipped.
part_deb() {
        mkdir -p "$work/deb"
        tap "the Debian package" tests/package/deb.sh build "$work/deb"
}

part_rehearse() { one "a rehearsal keeps its rules" as_nobody env ASAN_OPTIONS=detect_leaks=0 node tests/rehearsal/judge.mjs $B/telemachus; }
part_rights() { e2e tests/e2e/rights.test.mjs; }
part_intake() { e2e tests/e2e/intake.test.mjs; }
part_coordinator() { e2e tests/e2e/coordinator.test.mjs; }
