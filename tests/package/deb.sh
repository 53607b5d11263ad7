#!/usr/bin/env bash
# The package on a bare Debian: built, judged by lintian, installed by apt into a chroot that has nothing else, run as its
# unit says, upgraded over itself, removed, purged. Prints TAP. Wants root, mmdebstrap, unshare; nothing outside the
# work folder is touched.   tests/package/deb.sh BUILD-FOLDER WORK-FOLDER
set -uo pipefail
build=$(realpath "$1"); work=$(realpath "$2")
cd "$(dirname "$0")/../.." || exit 1
n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
not_ok() { n=$((n + 1)); echo "not ok $n - $1"; }
try() { local name=$1; shift; if "$@"; then ok "$name"; else not_ok "$name"; fi; }
quietly() { "$@" >/dev/null 2>&1; }
numbered() { while IFS= read -r line; do case $line in "ok N"*|"not ok N"*) n=$((n + 1)); echo "${line/N/$n}" ;; *) echo "$line" ;; esac; done; }

if [ "$(id -u)" != 0 ]; then echo "ok 1 - the package # SKIP wants root, for a chroot"; exit 0; fi
export DEBIAN_FRONTEND=noninteractive DEB_BUILD_OPTIONS=terse
rm -f "$build"/deb/*.deb
make -s -j"$(nproc)" B="$build" deb >"$work/deb.log" 2>&1 || tail -n 20 "$work/deb.log"
deb=$(ls "$build"/deb/telemachus_*.deb) || { not_ok "the package is built"; exit 1; }
ok "the package is built"

lintian --allow-root --fail-on error,warning "$deb" >"$work/lintian.log" 2>&1 && ok "lintian finds nothing" || { not_ok "lintian finds nothing"; sed 's/^/# /' "$work/lintian.log"; }
try "the unit is well locked in (1.5 or less of 10)" quietly systemd-analyze security --offline=true --threshold=15 --no-pager debian/telemachus.service

root=$work/root
inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 chroot "$root" "$@"; }
as_inside() { inside stat -c '%a %U:%G' "$1"; }
run_step() { timeout 150 unshare -n /usr/bin/python3 tests/package/unit.py "$root" "$1" 2>"$work/unit.log" | tee "$work/unit.tap"
             grep -q '^ok' "$work/unit.tap" || echo "not ok N - $1: the service could be run"
             ! grep -q '^not ok' "$work/unit.tap" || sed 's/^/# /' "$work/unit.log"; }

mmdebstrap --quiet --variant=minbase --aptopt='APT::Install-Recommends "false"' bookworm "$root" >"$work/root.log" 2>&1 ||
        { not_ok "a bare Debian"; tail -n 5 "$work/root.log"; exit 1; }
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp "$deb" "$root/tmp/telemachus.deb"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"; chmod 755 "$root/usr/sbin/policy-rc.d"
inside apt-get update -q >"$work/apt.log" 2>&1
inside apt-get install -y -q --no-install-recommends /tmp/telemachus.deb >>"$work/apt.log" 2>&1 && ok "apt installs it with what it needs" ||
        { not_ok "apt installs it with what it needs"; tail -n 20 "$work/apt.log"; exit 1; }
try "the configuration is for root and the service only" [ "$(as_inside /etc/telemachus/telemachus.yaml)" = "640 root:telemachus" ]
try "the data folder is the service's" [ "$(as_inside /var/lib/telemachus)" = "700 telemachus:telemachus" ]
try "its manual is there" test -e "$root/usr/share/man/man1/telemachus.1.gz" -a -e "$root/usr/share/man/man5/telemachus.yaml.5.gz"

numbered < <(run_step first)

# what an administrator does first, as root, in her own shell
inside telemachus admin add ana@example.org --first-name Ana --zone Europe/Lisbon >"$work/admin.log" 2>&1
link=$(inside telemachus admin sign-in-link ana@example.org 2>>"$work/admin.log")
try "root's commands find configuration and data" grep -q '^http://localhost:8080/sign-in/' <<<"$link"
try "and leave no file that the service could not read" [ -z "$(find "$root/var/lib/telemachus" ! -user "$(stat -c %u "$root/var/lib/telemachus")")" ]
inside telemachus check --json >"$work/check.json" 2>&1
try "check finds the database of the package" grep -q '"part":"database","ok":true' "$work/check.json"

# an upgrade over itself keeps what the administrator has written
echo 'organisation: Example Trust' >>"$root/etc/telemachus/telemachus.yaml"
inside dpkg -i /tmp/telemachus.deb >>"$work/apt.log" 2>&1 && ok "it is upgraded over itself" || not_ok "it is upgraded over itself"
try "the configuration is as it was left" grep -q 'Example Trust' "$root/etc/telemachus/telemachus.yaml"
try "and still closed to others" [ "$(as_inside /etc/telemachus/telemachus.yaml)" = "640 root:telemachus" ]
numbered < <(run_step again)
try "who was there is still there" quietly inside telemachus admin sign-in-link ana@example.org

inside dpkg --configure -a >/dev/null && inside sh /var/lib/dpkg/info/telemachus.postinst configure 0.1.0 >>"$work/apt.log" 2>&1 &&
        ok "its scripts can run twice" || not_ok "its scripts can run twice"
inside dpkg -r telemachus >>"$work/apt.log" 2>&1
try "removing it keeps the data" test -e "$root/var/lib/telemachus/telemachus.db"
inside dpkg -P telemachus >>"$work/apt.log" 2>&1
left=$(find "$root/etc/telemachus" "$root/var/lib/telemachus" "$root/usr/bin/telemachus" 2>/dev/null)
if [ -z "$left" ]; then ok "purging it leaves nothing"; else not_ok "purging it leaves nothing"; echo "# $left"; fi
try "purging it again is no mistake" inside dpkg -P telemachus 2>/dev/null

# and once more under a real systemd
inside apt-get install -y -q --no-install-recommends systemd systemd-sysv curl procps >>"$work/apt.log" 2>&1
numbered < <(timeout 300 tests/package/boot.sh "$deb" "$root" | sed -n 's/^\(not \)\?ok [0-9]* /\1ok N /p')
[ ! -s "$root.boot.log" ] || sed 's/^/# /' "$root.boot.log" | tail -n 40
echo "1..$n"
