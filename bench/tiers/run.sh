#!/usr/bin/env bash
# Measures how often the origin is asked when many edges of a fleet are asked for the same new object at once, with each machine a process of its
# own: a control plane, EDGES edges in two points of presence, a regional cache in each region, and Origin Shield in the first.
#
#   straight    edges and nothing between them and the origin (--tier none for all): what it was without tiers
#   tiers       owners, regional caches and the shield
#
# Each round asks every edge VIEWERS times at once for an object that nobody has; the origin waits DELAY before it answers, so that nobody comes too late.
#
# Usage: bench/tiers/run.sh [RESULT]      writes the result to RESULT too, as Markdown
# Environment: EDGES=100 VIEWERS=2 ROUNDS=10 SIZE=100k DELAY=0.2 (seconds)
# Needs: dotnet, aws (awscli), curl, python3; installs the Debian packages when it may. About 80 MiB of memory for each machine.
# Exit codes: 0 measured, 1 a wrong answer or more than one fetch of an object with tiers, 2 wrong usage.
set -euo pipefail
case ${1:-} in
    --help | -h) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0"; exit ;;
    -*) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
edges=${EDGES:-100} viewers=${VIEWERS:-2} rounds=${ROUNDS:-10} size=${SIZE:-100k} delay=${DELAY:-0.2}
result=
[ -z "${1:-}" ] || { : >"$1" && result=$(realpath "$1"); }

here=$(cd "$(dirname "$0")" && pwd)
. "$here/../rig/rig.sh"
need aws:awscli curl:curl python3:python3-minimal taskset:util-linux
cores="0-$(($(nproc) - 1))" # everybody's: what is counted is fetches
origin=$(free_port)
. "$here/../rig/frontier.sh"
fleet=$(free_port)
report="$work/report.md"
say() { printf "$@" | tee -a "$report"; }

start_machine() { # NAME ROLE POP TOKEN FLAG…
    local name=$1 role=$2 pop=$3 token=$4
    shift 4
    start "$name" "$cores" "$root/frontier" run "$role" --data "$work/$name" --control "https://127.0.0.1:$fleet" --pop "$pop" --token "$token" \
        --cache-memory 32M --cache-disk 1G --allow-private-origins "$@"
}

token() { # ROLE POP COUNT
    local file="$work/token-$1-$2"
    "$root/frontier" fleet token --role "$1" --pop "$2" --uses "$3" --endpoint "http://127.0.0.1:$api" --data "$data" >"$file" 2>/dev/null
    echo "$file"
}

start_fleet() { # WAY
    local i pop edge_tier fra_edges dub_edges
    ports=()
    fra_edges=$(token edge fra1 "$edges") dub_edges=$(token edge dub1 "$edges")
    if [ "$1" = tiers ]; then
        for pop in fra1 dub1; do start_machine "regional-$pop" regional "$pop" "$(token regional "$pop" 1)" --tier "127.0.0.1:$(free_port)"; done
    fi
    for i in $(seq "$edges"); do
        ports+=("$(free_port)")
        edge_tier=none
        [ "$1" = straight ] || edge_tier="127.0.0.1:$(free_port)"
        pop=fra1 file=$fra_edges
        [ $((i % 2)) -eq 0 ] || { pop=dub1 file=$dub_edges; }
        start_machine "edge-$i" edge "$pop" "$file" --http "127.0.0.1:${ports[-1]}" --https "127.0.0.1:$(free_port)" --tier "$edge_tier"
        [ $((i % 4)) -ne 0 ] || until_port "${ports[-1]}" "An edge" # a hundred that start at once on two cores would all be late
    done
    for i in "${ports[@]}"; do until_port "$i" "An edge"; done
    "$here/ready.sh" "$host" "${ports[@]}"
}

stop_fleet() {
    local name
    for name in "${!server_pids[@]}"; do case $name in edge-* | regional-*) kill "${server_pids[$name]}" 2>/dev/null || true ;; esac; done
    for name in "${!server_pids[@]}"; do case $name in edge-* | regional-*) stop_server "$name"; rm -rf "${work:?}/$name" ;; esac; done
    sleep 12 # until nobody counts on them any more
}

"$root/frontier" --version >/dev/null # builds
start origin "$cores" python3 "$here/origin.py" "$origin" "$(bytes_of "$size")" "$delay"
until_port "$origin" "The origin"
start control "$cores" "$root/frontier" run control --data "$data" --api "127.0.0.1:$api" --fleet "127.0.0.1:$fleet" --rollout at-once
until_port "$api" "The control plane"
export AWS_SHARED_CREDENTIALS_FILE="$data/credentials" AWS_CONFIG_FILE="$work/aws-config"
for pop in fra1 dub1; do "$root/frontier" pop add "$pop" --endpoint "http://127.0.0.1:$api" --data "$data" >/dev/null; done
distribution_config "" | sed 's/"CustomOriginConfig"/"OriginShield": { "Enabled": true, "OriginShieldRegion": "eu-central-1" }, "CustomOriginConfig"/' >"$work/distribution.json"
read -r id host <<<"$(cloudfront create-distribution --distribution-config "file://$work/distribution.json" --query 'Distribution.[Id,DomainName]')"

failed=0
say '# Tiers: how often the origin is asked\n\n%s; load average when it began %s.\n\n%s edges in two points of presence, each asked %s times at once for an object of %s that nobody has; %s rounds.\n\n' "$(machine)" "$(awk '{ print $1 }' /proc/loadavg)" "$edges" "$viewers" "$size" "$rounds"
say '| way | fetches of an object, mean | most | answers | time of an answer p50, ms | p99, ms |\n|---|---:|---:|---:|---:|---:|\n'
for way in straight tiers; do
    start_fleet "$way"
    python3 "$here/crowd.py" --way "$way" --host "$host" --origin "$origin" --rounds "$rounds" --viewers "$viewers" --size "$(bytes_of "$size")" "${ports[@]}" >"$work/row" || failed=1
    say '%s\n' "$(cat "$work/row")"
    stop_fleet
done
[ -z "$result" ] || cp "$report" "$result"
exit "$failed"
