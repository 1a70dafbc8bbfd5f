#!/usr/bin/env bash
# Measures how fast a change of the configuration is live on an edge, and what loading a large configuration costs viewers meanwhile.
#
#   together         "frontier up" on the server's core. Call to live: update-distribution of one among DISTRIBUTIONS, from the call's first
#                    byte until the edge answers by the new configuration; deployed is when the API says so. Until it is live the edge
#                    is asked without pause. Then hits at a steady rate while nothing changes, while single changes come one after the
#                    other, while every change has all LARGE distributions compiled again, and while the edge loads whole snapshots of
#                    them; latency counts from when a request was due. A table of percentiles, and the histograms side by side
#   edge             the same hits with "frontier run edge" by itself on the server's core, and the control plane beside the generator: what
#                    the edge alone makes viewers wait. For the loads all LARGE distributions are changed at once, so that the
#                    warm edge has every one to read and to compile. The row with lists keeps the control plane as busy and gives the edge
#                    nothing to do: what it says, the generator's neighbour costs
#   rollback         a change of one among DISTRIBUTIONS taken back, by one call of the API and by "frontier rollback": until the call is answered
#                    or the command ends, and until the edge serves what was there before. Under a second is asked for
#
# Usage: bench/deploy/run.sh [--only PART,…] [RESULT]      writes the result to RESULT too, as Markdown
# Environment: DISTRIBUTIONS=1000 CHANGES=200 LARGE=10000 RATE=2000 (hits a second) HITS=15 (seconds of each part but the loads)
#   WARM=30 (seconds of hits before the first part) LOADS=5 (of all LARGE distributions; 10 seconds each together, 30 with the edge by itself) ROLLBACKS=20
#   SERVER_CORES=0 GENERATOR_CORES=1
# Distributions beyond the first are copies of it in the stopped server's store, with a cache policy of the account's own that they share:
# what is measured is the change, not ten thousand creations.
# Needs: dotnet, nginx, cc with OpenSSL's headers, aws (awscli), curl, python3; installs the Debian packages when it may.
# Exit codes: 0 measured, 1 a wrong answer or a target missed, 2 wrong usage.
set -euo pipefail
usage() { sed -n '/^# Measures/,/^# Exit/s/^# \{0,1\}//p' "$0"; }
all='together edge rollback'
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../rig/arguments.sh"
read_arguments part "$@"
distributions=${DISTRIBUTIONS:-1000} changes=${CHANGES:-200} large=${LARGE:-10000} hit_rate=${RATE:-2000} hits=${HITS:-15} loads=${LOADS:-5} warm=${WARM:-30} rollbacks=${ROLLBACKS:-20}

. "$here/../rig/rig.sh"
need nginx:nginx aws:awscli curl:curl python3:python3-minimal taskset:util-linux cc:gcc /usr/include/openssl/ssl.h:libssl-dev
. "$here/../rig/origin.sh"
. "$here/../rig/traffic.sh"
. "$here/../rig/frontier.sh"

report="$work/report.md"
say() { printf "$@" | tee -a "$report"; }
driver() { on_generator python3 "$here/driver.py" "$@" --program "$root/artifacts/bin/Frontier/release/frontier.dll" --api "127.0.0.1:$api" --edge "127.0.0.1:$frontier_http" --host "$host" --id "$id" --credentials "$data/credentials"; }
busy() { awk '{ print $1 }' /proc/loadavg; }
flags="--max-distributions 100000"
fleet=$(free_port)

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

# Hits at the steady rate for as long as a driver works; the driver's output goes through, the viewer's line comes after. With $within set
# what the driver does must be over before the hits are: else they tell nothing of it.
under_hits() { # HISTOGRAM NAME SECONDS DRIVER-ARGUMENTS…
    local histogram="$work/$1.histogram" name=$2 seconds=$3 line
    shift 3
    on_generator "$work/viewer" paced "http://127.0.0.1:$frontier_http/1k.bin" "$host" 32 "$seconds" "$hit_rate" "$histogram" >"$work/paced" 2>"$work/paced.log" &
    local viewer=$!
    [ $# -eq 0 ] || driver "$@" >"$work/driver.out" || { cat "$work/driver.out" >&2; failed=1; }
    [ -z "${within:-}" ] || kill -0 "$viewer" 2>/dev/null || { echo "$name: it took longer than the hits did." >&2; failed=1; }
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

heading='| meanwhile | offered, 1/s | reached, 1/s | p50, µs | p99, µs | p99.9, µs | max, µs |\n|---|---:|---:|---:|---:|---:|---:|\n'
warm_up() { curl -s -o "$work/warm" -H "Host: $host" "http://127.0.0.1:$frontier_http/1k.bin"; }

# The compiler works on what hits run through for half a minute from the first on, and shares the server's core with them.
hits_before() { on_generator "$work/viewer" paced "http://127.0.0.1:$frontier_http/1k.bin" "$host" 32 "$warm" "$hit_rate" >/dev/null; }

# One process with one distribution, in a directory of its own. Sets $id, $host and $shared.
begin() {
    rm -rf "$data"
    start_frontier $flags
    shared=$(own_policy)
    create_distribution
    warm_up
}

together() {
    begin
    say '| distributions | changes | call answered p50, ms | live p50, ms | live p99, ms | live max, ms | deployed p50, ms | deployed p99, ms |\n|---:|---:|---:|---:|---:|---:|---:|---:|\n'
    for count in 1 "$distributions" "$large"; do
        fill "$count"
        driver changes --count 20 --discard >/dev/null # the first ones compile code and send the whole
        say '%s\n' "$(driver changes --count "$changes" --distributions "$count")" # a row
    done
    driver check --row "$(grep "^| $distributions |" "$report" | tail -n 1)" || failed=1

    say '\nHits of 1 KiB over HTTP/1.1 on 32 connections, %s distributions configured; µs from when a request was due.\n\n' "$large"
    say "$heading"
    hits_before
    under_hits nothing "nothing" "$hits"
    under_hits single "single changes, one after the other" "$hits" changes --count 1000000 --seconds "$((hits - 1))" --discard
    under_hits all "changes of the policy that all share: each compiles all of them again" "$hits" changes --policy "$shared" --count 1000000 --seconds "$((hits - 1))" --discard
    for round in $(seq "$loads"); do
        fill "$large"
        warm_up
        under_hits whole "the first change after a start: the whole snapshot is compiled, stored, sent and loaded" 10 changes --count 1 --delay 3 --discard
    done
    say '\nThe same as histograms: the part of the requests that was answered within so many µs, in percent. Rows in which nothing comes are left out.\n\n'
    say '| within, µs | nothing | single changes | changes to all | whole snapshots |\n|---:|---:|---:|---:|---:|\n'
    say '%s\n' "$(histograms nothing single all whole)"
    stop_server frontier
}

# The control plane beside the generator: it gives way to it, or the generator's own waits would count as the edge's.
start_control() {
    start control "$generator_cores" nice -n 5 "$root/frontier" run control --data "$data" --api "127.0.0.1:$api" --fleet "127.0.0.1:$fleet" --rollout at-once $flags
    until_port "$api" "The control plane"
    export AWS_SHARED_CREDENTIALS_FILE="$data/credentials" AWS_CONFIG_FILE="$work/aws-config"
}

edge() {
    local round
    rm -rf "$data"
    "$root/frontier" --version >/dev/null # builds
    start_control
    "$root/frontier" pop add fra1 --endpoint "http://127.0.0.1:$api" --data "$data" >/dev/null
    "$root/frontier" fleet token --role edge --pop fra1 --endpoint "http://127.0.0.1:$api" --data "$data" >"$work/token" 2>/dev/null
    start edge "$server_cores" env "${frontier_environment[@]}" "$root/frontier" run edge --data "$work/edge" --control "https://127.0.0.1:$fleet" --pop fra1 --token "$work/token" \
        --http "127.0.0.1:$frontier_http" --https "127.0.0.1:$frontier_https" --tier none --allow-private-origins "${frontier_limits[@]}"
    until_port "$frontier_http" "The edge"
    shared=$(own_policy)
    create_distribution
    stop_server control
    python3 "$here/fill.py" "$data/control/frontier.db" "$id" "$large" "$caching_optimized" "$shared"
    start_control
    warm_up
    driver changes --count 1 --discard >/dev/null # brings the edge all of them
    driver changes --count 20 --discard >/dev/null

    say '\n## The edge by itself\n\nHits of 1 KiB over HTTP/1.1 on 32 connections, %s distributions configured; µs from when a request was due. The edge has the server'\''s core to itself.\n\n' "$large"
    say "$heading"
    hits_before
    under_hits calm "nothing" "$hits"
    under_hits lists "lists of distributions, one after the other: the control plane works, the edge does not" "$hits" lists --seconds "$((hits - 1))"
    under_hits one "single changes, one after the other" "$hits" changes --count 1000000 --seconds "$((hits - 1))" --discard
    under_hits policy "changes of the policy that all share: each compiles all of them again" "$hits" changes --policy "$shared" --count 1000000 --seconds "$((hits - 1))" --discard
    for round in $(seq "$loads"); do
        stop_server control
        python3 "$here/fill.py" "$data/control/frontier.db" "$id" --change "$((30 + round))"
        start_control
        within=1 under_hits load "all distributions changed at once: the edge reads and compiles every one" 30 changes --count 1 --delay 2 --discard
    done
    say '\n| within, µs | nothing | lists | single changes | changes to all | loads |\n|---:|---:|---:|---:|---:|---:|\n'
    say '%s\n' "$(histograms calm lists one policy load)"
    stop_server edge
    stop_server control
}

rollback() {
    local rows
    begin
    fill "$distributions"
    driver changes --count 20 --discard >/dev/null # the first ones compile code and send the whole
    say '\n## Rollback\n\nOne of %s distributions changed and taken back, %s times each way, ms.\n\n' "$distributions" "$rollbacks"
    say '| way | n | answered p50 | answered p99 | answered max | live p50 | live p99 | live max |\n|---|---:|---:|---:|---:|---:|---:|---:|\n'
    rows=$(driver rollbacks --count "$rollbacks" --data "$data") || failed=1
    say '%s\n' "$rows"
    stop_server frontier
}

failed=0
make_files 1k
start_origin
build_viewer
say '# Deployment: from a call of the API to the edge\n\n%s\n\nServer on core %s, everything else on core %s. Load average when it began: %s.\n\n' "$(machine)" "$server_cores" "$generator_cores" "$(busy)"
for part in $only; do "$part"; done
say '\nLoad average when it ended: %s.\n' "$(busy)"
[ -z "$table" ] || cp "$report" "$table"
exit "$failed"
