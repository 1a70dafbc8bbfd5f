#!/usr/bin/env bash
# Builds everything, checks the style and runs every test. Ends with the line "N passed, N failed, N skipped".
# Usage: ./eng/test.sh [NAME…]   with names, only the test projects whose name contains one of them.
# FRONTIER_TEST_LANES says how many run at a time (2).
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

# report NAME PASSED FAILED SKIPPED: what came of one job, and all that it said, in one piece.
report() {
    echo "$2 $3 $4" >"$results/$1.counts"
    (flock 9; cat "$results/$1.said") 9>"$results/lock"
}

# The check of the style is one test by itself.
check_format() {
    local said="$results/Formatting.said"
    echo "== Formatting" >"$said"
    if dotnet format Frontier.slnx --verify-no-changes --no-restore --verbosity quiet >>"$said" 2>&1; then
        report Formatting 1 0 0
    else
        echo "FAILED: Formatting" >>"$said"
        report Formatting 0 1 0
    fi
}

# run_project NAME [ARGUMENTS…]: a job of the same name, or with a suffix for a part of a project: Frontier.Scenarios+Stability.
run_project() {
    local job=$1 name=${1%%+*} xml="$results/$1.xml" log="$results/$1.log" said="$results/$1.said" began=$SECONDS status failed
    shift
    "artifacts/bin/$name/release/$name" -noColor -xml "$xml" "$@" >"$log" 2>&1
    status=$?
    {
        echo "== $job, $((SECONDS - began)) s"
        grep -E '\[(FAIL|SKIP)\]|^ +(Assert|System\.|Expected|Actual)|^ +Frontier.*Total: ' "$log"
    } >"$said"
    if ! grep -q '<assembly ' "$xml" 2>/dev/null; then
        { echo "FAILED: $job did not finish (exit code $status)"; tail -n 40 "$log"; } >>"$said"
        report "$job" 0 1 0
        return
    fi
    attribute() { grep -o "<assembly [^>]*" "$xml" | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+' | awk '{ sum += $1 } END { print sum + 0 }'; }
    failed=$(($(attribute failed) + $(attribute errors)))
    [ "$failed" -eq 0 ] || tail -n 200 "$log" >>"$said"
    [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
    report "$job" "$(attribute passed)" "$failed" "$(attribute skipped)"
}

run_job() {
    case "$1" in
        Formatting) check_format ;;
        *+*) run_project "$1" -namespace "${1/+/.}" ;;
        Frontier.Scenarios) run_project "$1" -namespace- Frontier.Scenarios.Program -namespace- Frontier.Scenarios.Stability ;;
        *) run_project "$1" ;;
    esac
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

# The tests of the PostgreSQL store fail without a server, and say how to get one.
[ -n "${FRONTIER_TEST_POSTGRES:-}" ] || start_postgres || echo "PostgreSQL did not start; the tests that need it fail."

# What takes longest begins first; the stories, which run one after the other, are three jobs. Other programs under tests/ are run by the tests.
jobs=()
for name in Frontier.Scenarios Frontier.Scenarios+Program Frontier.Scenarios+Stability Frontier.Edge.Tests Frontier.Control.Postgres.Tests $(basename -s .csproj tests/*.Tests/*.csproj); do
    case " ${jobs[*]:-} " in *" $name "*) continue ;; esac
    [ -x "artifacts/bin/${name%%+*}/release/${name%%+*}" ] && wanted "$name" "$@" && jobs+=("$name")
done
[ "$#" -gt 0 ] || jobs+=(Formatting)

# Several at a time, since most tests wait more than they compute. It is xargs that starts them: what a script puts in the background
# by itself ignores the interrupt, and the programs that tests stop by it would, too. Code is not instrumented: what lives for seconds has no use for it.
export DOTNET_TieredPGO=0
export -f run_job run_project check_format report
export results
printf '%s\n' "${jobs[@]}" | xargs -P "${FRONTIER_TEST_LANES:-2}" -I{} bash -c 'run_job "$1"' run_job {}

for job in "${jobs[@]}"; do [ -f "$results/$job.counts" ] || { echo "FAILED: $job said nothing"; echo "0 1 0" >"$results/$job.counts"; }; done
read -r passed failed skipped < <(cat "$results"/*.counts | awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }')
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
