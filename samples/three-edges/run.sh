#!/usr/bin/env bash
# A small fleet on one machine: a control plane and three edges in two points of presence, each a process of its own. One page is
# delivered by all of them, invalidated everywhere, and served on when the control plane is dead.
# Needs: the .NET SDK, aws (AWS CLI), curl, python3. Uses free ports and a temporary data directory, and cleans up after itself.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
declare -A pids

cleanup() {
    status=$?
    for name in "${!pids[@]}"; do kill "${pids[$name]}" 2>/dev/null || true; done
    for name in "${!pids[@]}"; do wait "${pids[$name]}" 2>/dev/null || true; done
    if [ "$status" -ne 0 ]; then
        for log in "$work"/*.log; do printf '\nFAILED; the last lines of %s:\n' "${log##*/}" >&2; tail -n 15 "$log" >&2 || true; done
    fi
    rm -rf "$work"
    exit "$status"
}
trap cleanup EXIT

step() { printf '\n== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
# expect TEXT PATTERN WHAT: the text must contain the pattern (an extended regular expression, any case).
expect() { grep -qiE -- "$2" <<<"$1" || fail "$3: no match for /$2/ in:
$1"; printf '   ok: %s\n' "$3"; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# start NAME ARGUMENTS…: a role in a process of its own; returns when it says that it runs.
start() {
    local name=$1
    shift
    : >"$work/$name.out" # of a start before this one, too, it would say that it runs
    "$root/frontier" "$@" --json >"$work/$name.out" 2>"$work/$name.log" &
    pids[$name]=$!
    for _ in $(seq 600); do
        [ -s "$work/$name.out" ] && return
        kill -0 "${pids[$name]}" 2>/dev/null || fail "$name did not start"
        sleep 0.2
    done
    fail "$name did not come up in two minutes"
}

# until_text TEXT WHAT COMMAND…: asks until the answer is that text. The waiters of the AWS CLI look every 20 or 60 seconds only.
until_text() {
    local text=$1 what=$2
    shift 2
    for _ in $(seq 100); do [ "$("$@")" = "$text" ] && return; sleep 0.2; done
    fail "$what: $("$@")"
}

api_port=$(free_port); fleet_port=$(free_port); origin_port=$(free_port)
frontier() { "$root/frontier" "$@" --data "$work/control" --endpoint "http://127.0.0.1:$api_port"; }
aws_program=aws; [ -x /usr/bin/aws ] && aws_program=/usr/bin/aws
export AWS_SHARED_CREDENTIALS_FILE="$work/control/credentials" AWS_CONFIG_FILE="$work/aws-config" AWS_EC2_METADATA_DISABLED=true AWS_PAGER=
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION || true
cloudfront() { "$aws_program" --endpoint-url "http://127.0.0.1:$api_port" --output text cloudfront "$@"; }

declare -A http tier pop=([one]=fra1 [two]=fra1 [three]=nrt1)
for edge in one two three; do http[$edge]=$(free_port); tier[$edge]=$(free_port); done
# edge NAME [ARGUMENTS…]
edge() {
    local name=$1
    shift
    start "$name" run edge --data "$work/$name" --control "https://127.0.0.1:$fleet_port" --pop "${pop[$name]}" --allow-private-origins \
        --http "127.0.0.1:${http[$name]}" --https "127.0.0.1:$(free_port)" --tier "127.0.0.1:${tier[$name]}" "$@"
}
# A change comes to one edge first, then to those beside it, then to all (docs/operations/rollout.md): after 30 seconds each time, here after one.
start_control() { start control run control --data "$work/control" --api "127.0.0.1:$api_port" --fleet "127.0.0.1:$fleet_port" --wave-time 1; }
# get EDGE: header and body of one answer.
get() { curl -sS -i --max-time 20 -H "Host: $domain" "http://127.0.0.1:${http[$1]}/index.html"; }

step "1. An origin, a control plane, two points of presence"
mkdir "$work/site"
echo 'version 1' >"$work/site/index.html"
(cd "$work/site" && exec python3 -m http.server --bind 127.0.0.1 "$origin_port") >"$work/origin.log" 2>&1 &
pids[origin]=$!
start_control
frontier pop add fra1
frontier pop add nrt1

step "2. Three edges join, each by a token"
for edge in one two three; do
    (umask 077 && frontier fleet token --role edge --pop "${pop[$edge]}" >"$work/$edge.token")
    edge "$edge" --token "$work/$edge.token"
done
frontier status

step "3. A distribution, delivered by all of them"
sed "s/ORIGIN_PORT/$origin_port/" "$here/distribution.json" >"$work/distribution.json"
read -r id domain <<<"$(cloudfront create-distribution --distribution-config "file://$work/distribution.json" --query 'Distribution.[Id,DomainName]')"
until_text Deployed "the distribution is not deployed" cloudfront get-distribution --id "$id" --query Distribution.Status
for edge in one two three; do expect "$(get "$edge")" 'version 1' "$edge (${pop[$edge]}) serves it"; done
expect "$(get three)" '^x-cache: Hit from cloudfront' "and from its cache the second time"
asked=$(grep -c 'GET /index.html' "$work/origin.log")
[ "$asked" -eq 2 ] || fail "the origin was asked $asked times by two points of presence"
printf '   ok: the origin was asked once by each point of presence\n'

step "4. An invalidation is complete when every edge has it"
echo 'version 2' >"$work/site/index.html"
invalidation=$(cloudfront create-invalidation --distribution-id "$id" --paths '/*' --query Invalidation.Id)
until_text Completed "the invalidation is not completed" cloudfront get-invalidation --distribution-id "$id" --id "$invalidation" --query Invalidation.Status
for edge in one two three; do expect "$(get "$edge")" 'version 2' "$edge has the new page"; done

step "5. The control plane dies; an edge starts again without it"
kill -KILL "${pids[control]}"
wait "${pids[control]}" 2>/dev/null || true
unset 'pids[control]'
for edge in one two three; do expect "$(get "$edge")" 'version 2' "$edge serves on"; done
kill -TERM "${pids[one]}"
wait "${pids[one]}" || fail "an edge did not stop cleanly"
edge one
expect "$(get one)" 'version 2' "and does so after a restart"

step "6. The control plane is back"
start_control
for _ in $(seq 100); do frontier status >"$work/status.txt" 2>&1 && break; sleep 0.3; done
cat "$work/status.txt"
expect "$(cat "$work/status.txt")" 'nrt1' "it knows its machines again"

printf '\nEverything worked.\n'
