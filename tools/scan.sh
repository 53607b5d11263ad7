#!/usr/bin/env bash
# wapiti and sqlmap against a demonstration on a loopback port and nothing else (modules that ask a server elsewhere stay out), as
# nobody, as a mentor and as a coordinator. Bounded in time; the demonstration is made for it and thrown away.
#   tools/scan.sh BUILD-FOLDER [REPORT-FOLDER]        SCAN_SECONDS=240: for each tool and role; SCAN_ROLES="nobody mentor": only these
# Ends with status 1 if one of them found something.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. tools/install.sh
program=$(realpath "$1")/telemachus
reports=$(realpath -m "${2:-$1/scan}")
seconds=${SCAN_SECONDS:-240}
port=${SCAN_PORT:-18491}
url=http://127.0.0.1:$port
install_packages wapiti sqlmap curl jq || exit 1
data=$(mktemp -d /tmp/telemachus-scan.XXXXXX)
rm -rf "$reports"; mkdir -p "$reports"
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$data"' EXIT
export TELEMACHUS_BASE_URL=$url

"$program" demo --data "$data/site" --day 45 2>"$reports/server.log" || exit 1
"$program" serve --data "$data/site" --listen "127.0.0.1:$port" 2>>"$reports/server.log" &
server=$!
for _ in $(seq 100); do curl -fs -o /dev/null "$url/readyz" && break; sleep 0.1; done

# The session cookie that comes of a sign-in link.
enter() {
        local jar=$data/jar csrf
        rm -f "$jar"
        csrf=$(curl -s -c "$jar" "$1" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
        curl -s -o /dev/null -b "$jar" -c "$jar" --data-urlencode "csrf=$csrf" "${1%%\?*}"
        awk '$6 == "tm_session" {print $7}' "$jar"
}

# wapiti 3.0.4 puts flags at the end of a pattern, which Debian's Python refuses.
cat >"$data/wapiti.py" <<'END'
import re
import sys
import wapitiCore.net.crawler as crawler
crawler.wildcard_translate = lambda p: re.compile("(?ms)" + ".*".join(map(re.escape, p.split("*"))) + r"\Z")
from wapitiCore.main.wapiti import wapiti_main
sys.argv[0] = "wapiti"
sys.exit(wapiti_main())
END

found=0
scan() {        # scan ROLE FIRST-PAGES [SESSION]
        local role=$1 who=() page
        [[ " ${SCAN_ROLES:-$role} " == *" $role "* ]] || return 0
        echo "== $role"
        for page in $2; do who+=(-s "$url$page"); done
        if [ -n "${3:-}" ]; then
                jq -n --arg s "$3" '{"127.0.0.1": {"/": {tm_session: {value: $s, version: 0, expires: null, secure: false, port: null}}}}' \
                        >"$data/cookie-$role"
                who+=(-c "$data/cookie-$role")
        fi
        timeout $((seconds * 2)) /usr/bin/python3 "$data/wapiti.py" -u "$url${2%% *}" "${who[@]}" --scope domain -d 4 --max-links-per-page 40 --max-files-per-dir 60 \
                --max-scan-time $((seconds / 3)) --max-attack-time $((seconds / 8)) --flush-session -S normal -v 0 -x "$url/sign-out*" -x "$url/me/data*" -x "$url/me/sessions*" \
                -m "backup,brute_login_form,crlf,csp,exec,file,http_headers,cookieflags,permanentxss,redirect,sql,blindsql,xss,csrf" \
                -f json -o "$reports/wapiti-$role.json" --store-session "$data/wapiti-$role" >"$reports/wapiti-$role.log" 2>&1
        # over plain http there is no HSTS and no secure cookie; X-XSS-Protection does harm and is left out on purpose
        jq -r '(.vulnerabilities + .anomalies) | map_values(map(select(.info | test("^(X-XSS-Protection|Strict-Transport-Security) is not set|^Secure flag is not set") | not)))
                | to_entries[] | select(.value | length > 0) | "wapiti \(.key): \(.value | length), first: \(.value[0].path) \(.value[0].info)"' \
                "$reports/wapiti-$role.json" >"$reports/wapiti-$role.txt" 2>/dev/null || echo "wapiti left no report" >"$reports/wapiti-$role.txt"
        node tools/scan_targets.mjs "$url" "$2" "${3:-}" 150 >"$data/targets-$role" 2>"$data/shapes-$role"
        echo "sqlmap is given $(cat "$data/shapes-$role")"
        timeout "$seconds" sqlmap -l "$data/targets-$role" --batch --ignore-stdin --smart --level 2 --risk 1 --param-exclude "^csrf$" \
                --timeout 10 --retries 0 --disable-coloring --output-dir "$data/sqlmap-$role" >"$reports/sqlmap-$role.log" 2>&1
        echo "and tried $(grep -c 'heuristic (basic) test shows' "$reports/sqlmap-$role.log") parameters of $(grep -c 'testing URL' "$reports/sqlmap-$role.log") requests"
        grep -E "is vulnerable|appears to be .* injectable|identified the following injection" "$reports/sqlmap-$role.log" | sed 's/^/sqlmap /' >"$reports/sqlmap-$role.txt"
        cat "$reports/wapiti-$role.txt" "$reports/sqlmap-$role.txt"
        [ ! -s "$reports/wapiti-$role.txt" ] && [ ! -s "$reports/sqlmap-$role.txt" ] || found=1
}

links=$("$program" demo --data "$data/site" --links --json 2>/dev/null)
link() { jq -r ".[] | select(.part == \"$1\") | .url" <<<"$links"; }
scan nobody "/ /c/winter-cohort /c/autumn-cohort /help /concern"        # a cohort's page is reached by its address only
scan mentor /home "$(enter "$(link Mentor)")"
scan coordinator /desk "$(enter "$(link Coordinator)")"
broken=$(grep -cE "status=5[0-9][0-9]|^error|AddressSanitizer" "$reports/server.log")
echo "== the server: $(grep -c ' http id=' "$reports/server.log") requests, $broken that it failed at"
[ "$broken" = 0 ] || { grep -E "status=5[0-9][0-9]|^error" "$reports/server.log" | head -n 5; found=1; }
curl -fs "$url/healthz" >/dev/null && echo "It still answers." || { echo "It no longer answers."; found=1; }
exit $found
