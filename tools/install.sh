# Sourced by ./run and ./check: installs what is missing from Debian and npm. Servers that come along are not started.

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

BUILD_PACKAGES="gcc make pkg-config libc6-dev libmicrohttpd-dev libsqlite3-dev libpq-dev libcurl4-openssl-dev libgmime-3.0-dev
 libglib2.0-dev libical-dev libicu-dev libsodium-dev libfido2-dev libqrencode-dev libmd4c-dev libmd4c-html0-dev libyaml-dev libjansson-dev libseccomp-dev
 zlib1g-dev libzip-dev libbrotli-dev libpango1.0-dev libcairo2-dev libxlsxwriter-dev libexpat1-dev
 fonts-ebgaramond fonts-noto-core fonts-wqy-zenhei tzdata ca-certificates curl"
QUICK_PACKAGES="libcmocka-dev python3"
CHECK_PACKAGES="$QUICK_PACKAGES postgresql postgresql-client sqlite3 clang libclang-rt-14-dev cppcheck chromium fonts-dejavu-core poppler-utils iproute2
 default-jre-headless python3-scipy debhelper lintian mmdebstrap python3-seccomp systemd systemd-container openssl nginx-light caddy"

missing_packages() {
        for p in "$@"; do
                dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || printf '%s ' "$p"
        done
}

install_packages() {
        local wanted node=""
        command -v npm >/dev/null 2>&1 || node="nodejs npm"
        wanted=$(missing_packages "$@" $node)
        [ -n "$wanted" ] || return 0
        echo "Installing: $wanted"
        local policy=/usr/sbin/policy-rc.d made=""
        if [ ! -e $policy ]; then
                printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
                as_root chmod 755 $policy
                made=yes
        fi
        local status=0
        as_root apt-get update -q >/dev/null || true
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $wanted >"${TMPDIR:-/tmp}/telemachus-install.log" 2>&1 || status=$?
        [ -z "$made" ] || as_root rm -f $policy
        if [ $status != 0 ]; then
                tail -n 20 "${TMPDIR:-/tmp}/telemachus-install.log" >&2
                echo "Some packages could not be installed; see above." >&2
                return $status
        fi
}

# install_modules: what the pages need; install_modules dev: what tests need as well
install_modules() {
        local wanted=node_modules/htmx.org omit=--omit=dev
        if [ "${1:-}" = dev ]; then
                wanted=node_modules/playwright-core
                omit=--include=dev
        fi
        [ -d $wanted ] && [ package.json -ot node_modules/.stamp ] && return 0
        npm install $omit --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error || return 1
        touch node_modules/.stamp
}
