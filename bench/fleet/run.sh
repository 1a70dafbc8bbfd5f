#!/usr/bin/env bash
# Measures the feed at the scale of a fleet: one "frontier up" with its real edge, and simulated edges that hold real connections to the same
# control plane. A distribution is changed and invalidated again and again, and it is noted when each edge had it.
#
#   configuration    from the answer to UpdateDistribution until an edge has it; the real edge is asked by a viewer without pause
#   invalidation     from the answer to CreateInvalidation until an edge has applied it, and until the API says Completed, which is
#                    compared with when the last edge had applied it: said too soon even once, the run fails
#   costs            processor time, memory and bytes of the control plane per edge, in peace and meanwhile
#
# Once with PostgreSQL and once with SQLite behind the control plane. The simulated edges are one process, which does for each of them what HTTP
# and JSON take and nothing else.
#
# Usage: bench/fleet/run.sh [RESULT]      writes the result to RESULT too, as Markdown
# Environment: EDGES=500 SECONDS_EACH=60 STORES="postgres sqlite" SERVER_CORES=0 GENERATOR_CORES=1
# Needs: dotnet, nginx, PostgreSQL, aws (awscli), curl, python3; installs the Debian packages when it may.
# Exit codes: 0 measured, 1 a wrong answer, 2 wrong usage.
set -euo pipefail
case ${1:-} in
    --help | -h) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0"; exit ;;
    -*) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
edges=${EDGES:-500} seconds=${SECONDS_EACH:-60} stores=${STORES:-postgres sqlite}
result=
[ -z "${1:-}" ] || { : >"$1" && result=$(realpath "$1"); }

here=$(cd "$(dirname "$0")" && pwd)
. "$here/../rig/rig.sh"
need nginx:nginx aws:awscli curl:curl python3:python3-minimal taskset:util-linux
. "$here/../rig/origin.sh"
. "$here/../rig/frontier.sh"

report="$work/report.md"
say() { printf "$@" | tee -a "$report"; }
busy() { awk '{ print $1 }' /proc/loadavg; }
fleet="$root/artifacts/bin/Frontier.Fleet/release/Frontier.Fleet"
failed=0

measure() { # STORE
    rm -rf "$data"
    start_frontier
    create_distribution
    curl -s -o "$work/warm" -H "Host: $host" "http://127.0.0.1:$frontier_http/1k.bin"
    say '## %s\n\n' "$1"
    on_generator "$fleet" --control "http://127.0.0.1:$api" --edge-token "$data/secrets/edge-token" --credentials "$data/credentials" --viewer "http://127.0.0.1:$frontier_http" \
        --host "$host" --distribution "$id" --process "${server_pids[frontier]}" --edges "$edges" --seconds "$seconds" >"$work/fleet.md" || failed=1
    say '%s\n\n' "$(cat "$work/fleet.md")"
    stop_server frontier
}

dotnet build -c Release "$root/bench/Frontier.Fleet" -v q >/dev/null
make_files 1k
start_origin
say '# The feed with %s simulated edges and a real one\n\n%s\n\n' "$edges" "$(machine)"
say 'Control plane and real edge on core %s, simulated edges, origin, database and driver on core %s. %s s of changes and invalidations, one after the other. Load average when it began: %s.\n\n' \
    "$server_cores" "$generator_cores" "$seconds" "$(busy)"
for store in $stores; do
    case $store in
        postgres)
            set +e; . "$root/eng/postgres.sh"; set -e
            find_postgres >/dev/null || install_packages postgresql
            trap 'status=$?; stop_postgres || true; set +e; (exit $status); clean_up' EXIT
            start_postgres
            frontier_environment=("FRONTIER_STORE=$FRONTIER_TEST_POSTGRES")
            measure PostgreSQL
            frontier_environment=()
            stop_postgres || true # its last word is that nobody is left to kill
            ;;
        sqlite) measure SQLite ;;
        *) echo "There is no store \"$store\"; there are: postgres sqlite" >&2; exit 2 ;;
    esac
done
say 'Load average when it ended: %s.\n' "$(busy)"
[ -z "$result" ] || cp "$report" "$result"
exit "$failed"
