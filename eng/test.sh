#!/usr/bin/env bash
# Builds everything, checks the style and runs every test. Ends with the line "N passed, N failed, N skipped".
# Usage: ./eng/test.sh [NAME…]   with names, only the test projects whose name contains one of them.
set -uo pipefail
cd "$(dirname "$0")/.."
. eng/postgres.sh

# What the tests use beside the SDK: program and Debian package.
needs="aws:awscli nginx:nginx curl:curl python3:python3-minimal nghttp:nghttp2-client chromium:chromium mmdblookup:mmdb-bin openssl:openssl slowhttptest:slowhttptest dig:bind9-dnsutils kdig:knot-dnsutils named-checkzone:bind9-utils pebble:pebble"
# Those of the story on a network (docs/operations/static-stability.md).
needs="$needs ip:iproute2 faketime:faketime"

install_needs() {
    local missing=""
    for need in $needs; do
        PATH="$PATH:/usr/sbin" command -v "${need%%:*}" >/dev/null || missing="$missing ${need##*:}"
    done
    # Another AWS CLI on the path does not count: the samples promise to work with Debian's.
    [ -x /usr/bin/aws ] || case " $missing " in *" awscli "*) ;; *) missing="$missing awscli" ;; esac
    /usr/bin/python3 -c "import maxminddb.extension" 2>/dev/null || missing="$missing python3-maxminddb"
    /usr/bin/python3 -c "import yaml" 2>/dev/null || missing="$missing python3-yaml"
    find_postgres >/dev/null || missing="$missing postgresql"
    [ -z "$missing" ] && return
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        echo "Installing$missing"
        export DEBIAN_FRONTEND=noninteractive
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >/dev/null || echo "Could not install$missing; the tests that need them are skipped."
    else
        echo "Missing:$missing. The tests that need them are skipped; install them with: apt-get install$missing"
    fi
}

# What the tests take from npm, the AWS SDK for JavaScript above all, in the versions of the lock file; again only when that has changed. It needs Node 20, which Debian 12 does not have.
install_packages() {
    local home=tests/javascript
    if ! command -v npm >/dev/null || [ "$(node -p 'parseInt(process.versions.node)')" -lt 20 ]; then
        echo "There is no Node 20 with npm here; the tests that need packages of it are skipped."
        return
    fi
    cmp -s "$home/package-lock.json" "$home/node_modules/.installed" && return
    echo "Installing packages of npm"
    npm ci --prefix "$home" --no-audit --no-fund --silent && cp "$home/package-lock.json" "$home/node_modules/.installed" ||
        echo "Could not install packages of npm; the tests that need them are skipped."
}

results=$(mktemp -d)
trap 'stop_postgres; rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0

# count NAME COMMAND…: runs a check that is one test by itself.
count() {
    local name=$1
    shift
    echo "== $name"
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED: $name"; fi
}

run_project() {
    local name=$1 report="$results/$1.xml"
    echo "== $name"
    "artifacts/bin/$name/release/$name" -noColor -xml "$report" >"$results/$name.log" 2>&1
    local status=$?
    grep -E '\[(FAIL|SKIP)\]|^ +(Assert|System\.|Expected|Actual)|=== TEST' "$results/$name.log"
    if ! grep -q '<assembly ' "$report" 2>/dev/null; then
        echo "FAILED: $name did not finish (exit code $status)"
        tail -n 40 "$results/$name.log"
        failed=$((failed + 1))
        return
    fi
    attribute() { grep -o "<assembly [^>]*" "$report" | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+' | awk '{ sum += $1 } END { print sum + 0 }'; }
    passed=$((passed + $(attribute passed)))
    failed=$((failed + $(attribute failed) + $(attribute errors)))
    skipped=$((skipped + $(attribute skipped)))
    [ "$status" -eq 0 ] || [ "$(attribute failed)" -gt 0 ] || failed=$((failed + 1))
    [ "$(attribute failed)" -eq 0 ] || tail -n 200 "$results/$name.log"
}

wanted() {
    [ "$#" -eq 1 ] && return 0
    local name=$1 part
    shift
    for part in "$@"; do case "$name" in *"$part"*) return 0 ;; esac; done
    return 1
}

install_needs
install_packages
dotnet build Frontier.slnx --configuration Release --nologo --verbosity quiet || { echo "The build failed."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
if [ "$#" -eq 0 ]; then
    count "Formatting" dotnet format Frontier.slnx --verify-no-changes --no-restore --verbosity quiet
fi

# The tests of the PostgreSQL store fail without a server, and say how to get one.
[ -n "${FRONTIER_TEST_POSTGRES:-}" ] || start_postgres || echo "PostgreSQL did not start; the tests that need it fail."

# Other programs under tests/ are run by the tests.
for project in tests/*.Tests/*.csproj tests/Frontier.Scenarios/*.csproj; do
    name=$(basename "$project" .csproj)
    if [ -x "artifacts/bin/$name/release/$name" ] && wanted "$name" "$@"; then
        run_project "$name"
    fi
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
