#!/usr/bin/env bash
# Measures what many certificates cost: importing them and making a distribution for each, fetching all of them at an edge that has lost its own,
# memory, and the first and second handshake with each.
#
# Usage: bench/certificates/run.sh [RESULT]      writes the result to RESULT too, as Markdown
# Environment: COUNT=10000 SERVER_CORES=0 GENERATOR_CORES=1
# One viewer shakes hands for one name after the other, and verifies each. Memory is the resident set of the whole program: control plane, edge and buckets.
# Needs: dotnet, nginx, aws (awscli), curl, openssl, python3; installs the Debian packages when it may. About half an hour for 10,000.
# Exit codes: 0 measured, 1 a certificate was missing or wrong, 2 wrong usage.
set -euo pipefail
case ${1:-} in
    --help | -h) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0"; exit ;;
    -*) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
count=${COUNT:-10000}
result=
[ -z "${1:-}" ] || { : >"$1" && result=$(realpath "$1"); }

here=$(cd "$(dirname "$0")" && pwd)
. "$here/../rig/rig.sh"
need nginx:nginx aws:awscli curl:curl openssl:openssl python3:python3-minimal taskset:util-linux
. "$here/../rig/origin.sh"
. "$here/../rig/frontier.sh"

driver() { on_generator python3 "$here/driver.py" "$@" --count "$count" --directory "$work" --api "127.0.0.1:$api" --credentials "$data/credentials" --edge "127.0.0.1:$frontier_https"; }
memory() { local pid total=0; for pid in $(processes_of frontier); do total=$((total + $(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status" 2>/dev/null || echo 0))); done; echo $((total / 1024)); }
held() { find "$data/edge/certificates/held" -name '*.pem' 2>/dev/null | wc -l; }
until_held() { until [ "$(held)" -ge "$count" ]; do kill -0 "${server_pids[frontier]}"; sleep 0.2; done; }
say() { printf "$@" | tee -a "$work/report.md"; }

driver make
start_frontier --max-distributions 100000
before=$(memory)
read -r import create <<<"$(driver bring)"
until_held
say '# Many certificates\n\n%s certificates, each with a distribution and an alias of its own. %s\n\n| | |\n|---|---:|\n' "$count" "$(machine)"
say '| import, ms each | %s |\n| distribution, ms each | %s |\n| memory of the whole program before, with all, MiB | %s, %s |\n' "$import" "$create" "$before" "$(memory)"

stop_server frontier
rm -rf "$data/edge/certificates/held" "$data/edge/snapshot.json"*
begun=$(date +%s%N)
start_frontier --max-distributions 100000
until_held
say '| start with none of them, until the edge has all, s | %s |\n' "$(awk -v took="$(($(date +%s%N) - begun))" 'BEGIN { printf "%.1f", took / 1e9 }')"
cold=$(memory)
for round in first second; do
    read -r mean median worst <<<"$(driver shake)"
    say '| %s handshake with each, ms: mean, p50, p99 | %s, %s, %s |\n| memory behind it, more than before it began, KiB a certificate | %s |\n' \
        "$round" "$mean" "$median" "$worst" "$(awk -v now="$(memory)" -v was="$cold" -v count="$count" 'BEGIN { printf "%.1f", (now - was) * 1024 / count }')"
done
[ -z "$result" ] || cp "$work/report.md" "$result"
