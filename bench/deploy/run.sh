#!/usr/bin/env bash
# Measures how fast a change of the configuration is live on the edge of a running "frontier up", and what loading a large
# configuration costs viewers meanwhile.
#
#   call to live     update-distribution of one among DISTRIBUTIONS, from the call's first byte until the edge answers by the new
#                    configuration; deployed is when the API says so. Until it is live the edge is asked without pause
#   load             hits at a steady rate while nothing changes, while single changes come one after the other, while every change
#                    has all LARGE distributions compiled again, and while the edge loads whole snapshots of them; latency counts
#                    from when a request was due. A table of percentiles, and the histograms of all four side by side
#
# Usage: bench/deploy/run.sh [RESULT]      writes the result to RESULT too, as Markdown
# Environment: DISTRIBUTIONS=1000 CHANGES=200 LARGE=10000 RATE=2000 (hits a second) HITS=15 (seconds of each part but the last)
#   WARM=30 (seconds of hits before the first part) LOADS=5 (of the large snapshot; 10 seconds each) SERVER_CORES=0 GENERATOR_CORES=1
# Distributions beyond the first are copies of it in the stopped server's store, with a cache policy of the account's own that they share:
# what is measured is the change, not ten thousand creations.
# Needs: dotnet, nginx, cc with OpenSSL's headers, aws (awscli), curl, python3; installs the Debian packages when it may.
# Exit codes: 0 measured, 1 a wrong answer or a target missed, 2 wrong usage.
set -euo pipefail
case ${1:-} in
    --help | -h) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0"; exit ;;
    -*) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
distributions=${DISTRIBUTIONS:-1000} changes=${CHANGES:-200} large=${LARGE:-10000} hit_rate=${RATE:-2000} hits=${HITS:-15} loads=${LOADS:-5} warm=${WARM:-30}
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

# A cache policy of the account's own that says what the managed one says, so that it can be changed. Prints its id.
own_policy() {
    cloudfront create-cache-policy --query CachePolicy.Id --cache-policy-config '{ "Name": "shared", "MinTTL": 1, "DefaultTTL": 86400, "MaxTTL": 31536000,
        "ParametersInCacheKeyAndForwardedToOrigin": { "EnableAcceptEncodingGzip": true, "EnableAcceptEncodingBrotli": true,
            "HeadersConfig": { "HeaderBehavior": "none" }, "CookiesConfig": { "CookieBehavior": "none" }, "QueryStringsConfig": { "QueryStringBehavior": "none" } } }'
}

# Stops the server, fills its store up to COUNT distributions, and starts it again.
fill() { # COUNT
    stop_server frontier
    python3 "$here/fill.py" "$data/control/frontier.db" "$id" "$1" "$caching_optimized" "$shared"
    start_frontier $flags
}

# Hits at the steady rate for as long as a driver works; the driver's output goes through, the viewer's line comes after.
under_hits() { # HISTOGRAM NAME SECONDS DRIVER-ARGUMENTS…
    local histogram="$work/$1.histogram" name=$2 seconds=$3 line
    shift 3
    on_generator "$work/viewer" paced "http://127.0.0.1:$frontier_http/1k.bin" "$host" 32 "$seconds" "$hit_rate" "$histogram" >"$work/paced" 2>"$work/paced.log" &
    local viewer=$!
    [ $# -eq 0 ] || driver "$@" >"$work/driver.out" || { cat "$work/driver.out" >&2; failed=1; }
    wait "$viewer" || { echo "viewer: $(cat "$work/paced.log")" >&2; failed=1; }
    read -r line <"$work/paced"
    set -- $line
    say '| %s | %s | %s | %s | %s | %s | %s |\n' "$name" "$hit_rate" "$(printf %.0f "$1")" "$(printf %.0f "$2")" "$(printf %.0f "$3")" "$(printf %.0f "$4")" "$(printf %.0f "$5")"
}

# The histograms NAME… side by side: which part of its requests each answered within a bound, in percent.
histograms() {
    awk '{
            if (FNR == 1) files++
            if (!($1 in seen)) { seen[$1] = 1; bounds[++count] = $1 }
            within[files, $1] += $2; total[files] += $2
        }
        END {
            for (i = 1; i <= count; i++) {
                row = "| " bounds[i] " |"; news = 0; open = 0
                for (file = 1; file <= files; file++) {
                    sum[file] += within[file, bounds[i]]
                    if (within[file, bounds[i]] > 0) news = 1
                    row = row sprintf(" %.4f |", total[file] ? 100 * sum[file] / total[file] : 0)
                }
                if (news) print row
            }
        }' $(for name in "$@"; do echo "$work/$name.histogram"; done)
}

failed=0
make_files 1k
start_origin
build_viewer
start_frontier $flags
shared=$(own_policy)
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
# The compiler works on what hits run through for half a minute from the first on, and shares the server's core with them.
on_generator "$work/viewer" paced "http://127.0.0.1:$frontier_http/1k.bin" "$host" 32 "$warm" "$hit_rate" >/dev/null
under_hits nothing "nothing" "$hits"
under_hits single "single changes, one after the other" "$hits" changes --count 1000000 --seconds "$((hits - 1))" --discard
under_hits all "changes of the policy that all share: each compiles all of them again" "$hits" changes --policy "$shared" --count 1000000 --seconds "$((hits - 1))" --discard
for round in $(seq "$loads"); do
    fill "$large"
    curl -s -o "$work/warm" -H "Host: $host" "http://127.0.0.1:$frontier_http/1k.bin"
    under_hits whole "the first change after a start: the whole snapshot is compiled, stored, sent and loaded" 10 changes --count 1 --delay 3 --discard
done
say '\nThe same as histograms: the part of the requests that was answered within so many µs, in percent. Rows in which nothing comes are left out.\n\n'
say '| within, µs | nothing | single changes | changes to all | whole snapshots |\n|---:|---:|---:|---:|---:|\n'
say '%s\n' "$(histograms nothing single all whole)"
say '\nLoad average when it ended: %s.\n' "$(busy)"
[ -z "$result" ] || cp "$report" "$result"
exit "$failed"
