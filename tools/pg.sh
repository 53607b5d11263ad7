#!/bin/sh
# A PostgreSQL of one's own for tests: tools/pg.sh start [DIR] prints its URL, tools/pg.sh stop DIR ends and removes it.
# It listens on a socket in DIR and on a free port of 127.0.0.1, and never runs as root. It does not wait for the disk: a test may
# kill the program, and the server too, but never the machine. Nothing is to be measured with it.
set -eu

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -x "${bin:-}/initdb" ] || bin=$(dirname "$(command -v initdb || echo /nowhere/initdb)")
[ -x "$bin/initdb" ] || { echo "pg.sh: PostgreSQL is not installed; apt-get install postgresql" >&2; exit 1; }

# PostgreSQL refuses to run as root: then somebody unprivileged runs it.
as() {
        if [ "$(id -u)" != 0 ]; then "$@"; return; fi
        user=nobody
        id postgres >/dev/null 2>&1 && user=postgres
        (cd / && setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups "$@")
}

free_port() {
        port=$((20000 + $$ % 20000))
        while ss -ltnH 2>/dev/null | grep -q ":$port "; do port=$((port + 1)); done
        echo "$port"
}

start() {
        dir=${1:-$(mktemp -d /tmp/telemachus-pg.XXXXXX)}
        mkdir -p "$dir"
        [ "$(id -u)" != 0 ] || chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$dir"
        chmod 711 "$dir"
        port=$(free_port)
        as "$bin/initdb" -D "$dir/data" -U telemachus --auth=trust -E UTF8 --locale=C.UTF-8 >"$dir.log" 2>&1
        as "$bin/pg_ctl" -D "$dir/data" -s -w -l "$dir/data/server.log" \
                -o "-c listen_addresses=127.0.0.1 -p $port -k $dir -c max_connections=60 -c fsync=off -c full_page_writes=off" start >>"$dir.log" 2>&1 ||
                { cat "$dir.log" "$dir/data/server.log" >&2; exit 1; }
        as "$bin/createdb" -h "$dir" -p "$port" -U telemachus telemachus >>"$dir.log" 2>&1
        echo "postgresql://telemachus@127.0.0.1:$port/telemachus"
        echo "pg.sh: stop it with: tools/pg.sh stop $dir" >&2
}

stop() {
        [ -f "$1/data/PG_VERSION" ] || { echo "pg.sh: $1 holds no server of ours" >&2; exit 1; }
        as "$bin/pg_ctl" -D "$1/data" -s -m immediate stop || true
        rm -rf "$1" "$1.log"
}

case ${1:-} in
start) start "${2:-}" ;;
stop) stop "${2:?which folder?}" ;;
*) echo "usage: pg.sh start [DIR] | stop DIR" >&2; exit 2 ;;
esac
