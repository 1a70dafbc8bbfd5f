#!/usr/bin/env bash
# Measures how fast a change of the configuration is live on the edge of a running "frontier up", and what loading a large
# configuration costs viewers meanwhile.
#
#   call to live     update-distribution of one among DISTRIBUTIONS, from the call's first byte until the edge answers by the new
#                    configuration; deployed is when the API says so. Until it is live the edge is asked without pause
#   load             hits at a steady rate while nothing changes, while single changes come one after the other, and while the edge
#                    loads a whole new snapshot of LARGE distributions; latency counts from when a request was due
#
# Usage: bench/deploy/run.sh [RESULT]      writes the result to RESULT too, as Markdown
# Environment: DISTRIBUTIONS=1000 CHANGES=200 LARGE=10000 RATE=2000 (hits a second) LOADS=5 (of the large snapshot)
#   SERVER_CORES=0 GENERATOR_CORES=1
# Distributions beyond the first are copies of it in the stopped server's store: what is measured is the change, not ten thousand creations.
# Needs: dotnet, nginx, cc with OpenSSL's headers, aws (awscli), curl, python3; installs the Debian packages when it may.
# Exit codes: 0 measured, 1 a wrong answer or a target missed, 2 wrong usage.
set -euo pipefail
case ${1:-} in
    --help | -h) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0"; exit ;;
    -*) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
distributions=${DISTRIBUTIONS:-1000} changes=${CHANGES:-200} large=${LARGE:-10000} hit_rate=${RATE:-2000} loads=${LOADS:-5}
result=
[ -z "${1:-}" ] || { : >"$1" && result=$(realpath "$1"); }

here=$(cd "$(dirname "$0")" && pwd)
. "$here/../rig/rig.sh"
need nginx:nginx aws:awscli curl:curl python3:python3-minimal taskset:util-linux cc:gcc /usr/include/openssl/ssl.h:libssl-dev
. "$here/../rig/origin.sh"
. "$here/../rig/traffic.sh"
. "$here/../rig/frontier.sh"

report="$work/report.md"
say() { printf "$@" | tee -a "$report"; }
driver() { on_generator python3 "$here/driver.py" "$@" --api "127.0.0.1:$api" --edge "127.0.0.1:$frontier_http" --host "$host" --id "$id" --credentials "$data/credentials"; }
busy() { awk '{ print $1 }' /proc/loadavg; }
flags="--max-distributions 100000"

# Stops the server, fills its store up to COUNT distributions, and starts it again.
fill() { # COUNT
    stop_server frontier
    python3 "$here/fill.py" "$data/control/frontier.db" "$id" "$1"
    start_frontier $flags
}

# Hits at the steady rate for as long as a driver works; the driver's output goes through, the viewer's line comes after.
under_hits() { # NAME SECONDS DRIVER-ARGUMENTS…
    local name=$1 seconds=$2 line
    shift 2
    on_generator "$work/viewer" paced "http://127.0.0.1:$frontier_http/1k.bin" "$host" 32 "$seconds" "$hit_rate" >"$work/paced" 2>"$work/paced.log" &
    local viewer=$!
    [ $# -eq 0 ] || driver "$@" >"$work/driver.out" || { cat "$work/driver.out" >&2; failed=1; }
    wait "$viewer" || { echo "viewer: $(cat "$work/paced.log")" >&2; failed=1; }
    read -r line <"$work/paced"
    set -- $line
    say '| %s | %s | %s | %s | %s | %s | %s |\n' "$name" "$hit_rate" "$(printf %.0f "$1")" "$(printf %.0f "$2")" "$(printf %.0f "$3")" "$(printf %.0f "$4")" "$(printf %.0f "$5")"
}

failed=0
make_files 1k
start_origin
build_viewer
start_frontier $flags
create_distribution
curl -s -o "$work/warm" -H "Host: $host" "http://127.0.0.1:$frontier_http/1k.bin"

say '# Deployment: from a call of the API to the edge\n\n%s\n\nServer on core %s, everything else on core %s. Load average when it began: %s.\n\n' "$(machine)" "$server_cores" "$generator_cores" "$(busy)"
say '| distributions | changes | call answered p50, ms | live p50, ms | live p99, ms | live max, ms | deployed p50, ms | deployed p99, ms |\n|---:|---:|---:|---:|---:|---:|---:|---:|\n'
for count in 1 "$distributions" "$large"; do
    fill "$count"
    driver changes --count 20 --discard >/dev/null # the first ones compile code and send the whole
    say '%s\n' "$(driver changes --count "$changes" --distributions "$count")" # a row
done
driver check --row "$(grep "^| $distributions |" "$report" | tail -n 1)" || failed=1

say '\nHits of 1 KiB over HTTP/1.1 on 32 connections, %s distributions configured; µs from when a request was due.\n\n' "$large"
say '| meanwhile | offered, 1/s | reached, 1/s | p50, µs | p99, µs | p99.9, µs | max, µs |\n|---|---:|---:|---:|---:|---:|---:|\n'
under_hits "nothing" 15
under_hits "single changes, one after the other" 15 changes --count 1000000 --seconds 14 --discard
say '\n'
for round in $(seq "$loads"); do
    fill "$large"
    curl -s -o "$work/warm" -H "Host: $host" "http://127.0.0.1:$frontier_http/1k.bin"
    [ "$round" -gt 1 ] || say '| meanwhile | offered, 1/s | reached, 1/s | p50, µs | p99, µs | p99.9, µs | max, µs |\n|---|---:|---:|---:|---:|---:|---:|\n'
    under_hits "the first change after a start: the whole snapshot is compiled, stored, sent and loaded" 10 changes --count 1 --delay 3 --discard
done
say '\nLoad average when it ended: %s.\n' "$(busy)"
[ -z "$result" ] || cp "$report" "$result"
exit "$failed"
