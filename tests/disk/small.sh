#!/bin/sh
# Two small disks that nobody else sees: tests/disk/small.sh FOLDER COMMAND... Started by `unshare -m`, as root. FOLDER/data has 40 MB,
# FOLDER/other 120 MB, for everybody; what writes "read-only", "writable" into FOLDER/ask is served, and the answer stands in FOLDER/is.
set -eu
folder=$1
shift
mkdir -p "$folder/data" "$folder/other"
mount -t tmpfs -o size=40m,mode=1777 tmpfs "$folder/data"
mount -t tmpfs -o size=120m,mode=1777 tmpfs "$folder/other"
: >"$folder/ask"
: >"$folder/is"
chmod 666 "$folder/ask"
(
        while sleep 0.1; do
                read -r disk wish <"$folder/ask" || continue
                case $wish in read-only) option=ro ;; writable) option=rw ;; *) continue ;; esac
                if mount -o "remount,$option" "$folder/$disk" 2>/dev/null; then echo "$disk $wish" >"$folder/is"; else echo "$disk refused" >"$folder/is"; fi
                : >"$folder/ask"
        done
) &
loop=$!
status=0
"$@" || status=$?
kill "$loop" 2>/dev/null || true
exit "$status"
