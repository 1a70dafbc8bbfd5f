#!/usr/bin/env bash
# Runs mixed traffic against "frontier up" for a long time and watches that it stays as it began: every answer's bytes are checked,
# and memory, descriptors and threads of the last third are held against those of the first.
#
#   viewers   hits, misses, ranges and aborted downloads over HTTP/1.1, HTTPS and HTTP/2, more objects than either cache tier holds
#   operators new versions of objects with create-invalidation (an old version after Completed is a failure), update-distribution,
#             uploads to a bucket that is an origin as well
#
# Usage: bench/soak/run.sh [CSV]      writes the samples to CSV too: second, resident and anonymous KiB, descriptors, threads, CPU seconds
# Environment: MINUTES=30 RATE=200 (requests a second of each of three steady generators, beside the checking viewers)
#   MEMORY_TOLERANCE=15 (percent) DESCRIPTOR_TOLERANCE=64 THREAD_TOLERANCE=16: how much the last third may have more than the first
#   SERVER_CORES=0 GENERATOR_CORES=1
# The first minute (a fifth of a run under five minutes) is left out: it compiles and fills caches. The runtime's heap is not asked for
# by itself: anonymous memory is that heap, native allocations and stacks together.
# Needs: dotnet, nginx, h2load (nghttp2-client), aws (awscli), curl with HTTP/2, python3 (3.11); installs the Debian packages when it may.
# Exit codes: 0 all well, 1 a wrong answer or growth beyond a tolerance, 2 wrong usage.
set -euo pipefail
case ${1:-} in
    --help | -h) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0"; exit ;;
    -*) sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
minutes=${MINUTES:-30} rate=${RATE:-200}
samples=
[ -z "${1:-}" ] || { : >"$1" && samples=$(realpath "$1"); }

here=$(cd "$(dirname "$0")" && pwd)
. "$here/../rig/rig.sh"
need nginx:nginx h2load:nghttp2-client aws:awscli curl:curl python3:python3-minimal taskset:util-linux pgrep:procps
. "$here/../rig/origin.sh"
. "$here/../rig/frontier.sh"

python3 "$here/content.py" "$files"
start_origin
start_frontier --cache-memory 32M --cache-disk 256M # small, so that both tiers evict all the time
s3 mb s3://soak >/dev/null
aws --endpoint-url "http://127.0.0.1:$buckets" s3api put-bucket-policy --bucket soak --policy '{ "Version": "2012-10-17",
    "Statement": [ { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::soak/*" } ] }'
with_uploads='import json, sys
config = json.load(sys.stdin)
config["Origins"]["Items"].append({ "Id": "bucket", "DomainName": "soak.s3.amazonaws.com", "S3OriginConfig": { "OriginAccessIdentity": "" } })
behaviors = config["CacheBehaviors"]["Items"]
behaviors.append(behaviors[0] | { "PathPattern": "/uploads/*", "TargetOriginId": "bucket", "CachePolicyId": sys.argv[1] })
for part in config["Origins"], config["CacheBehaviors"]: part["Quantity"] = len(part["Items"])
json.dump(config, sys.stdout)'
distribution_config "soak" | python3 -c "$with_uploads" "$caching_optimized" >"$work/distribution.json"
read -r id host <<<"$(cloudfront create-distribution --distribution-config "file://$work/distribution.json" --query 'Distribution.[Id,DomainName]')"
cloudfront wait distribution-deployed --id "$id"

seconds=$(awk -v minutes="$minutes" 'BEGIN { printf "%.0f", 60 * minutes }')
pid=${server_pids[frontier]}
sample() { # SECOND
    local descriptors
    descriptors=$(ls "/proc/$pid/fd" | wc -l)
    awk -v second="$1" -v descriptors="$descriptors" -v ticks="$(getconf CLK_TCK)" -v stat="$(sed 's/.*) //' "/proc/$pid/stat")" '
        /^VmRSS:/ { resident = $2 } /^RssAnon:/ { anonymous = $2 } /^Threads:/ { threads = $2 }
        END { split(stat, s, " "); printf "%d,%d,%d,%d,%d,%.1f\n", second, resident, anonymous, descriptors, threads, (s[12] + s[13]) / ticks }' "/proc/$pid/status"
}

# Steady hits by each protocol, beside the viewers that check bytes.
steady() { # NAME CONNECTIONS FLAG…
    local name=$1 count=$2
    shift 2
    start "$name" "$generator_cores" h2load -t1 -c"$count" --rps=$((rate / count)) -D "$seconds" -H ":authority: $host" "$@"
}
steady steady-http 20 --h1 "http://127.0.0.1:$frontier_http/steady.bin"
steady steady-https 20 --h1 "https://127.0.0.1:$frontier_https/steady.bin"
steady steady-h2 10 -m 8 "https://127.0.0.1:$frontier_https/steady.bin"
start traffic "$generator_cores" python3 "$here/traffic.py" --http "$frontier_http" --https "$frontier_https" --host "$host" --id "$id" \
    --api "http://127.0.0.1:$api" --buckets "http://127.0.0.1:$buckets" --ca "$data/edge/certificates/ca.pem" --files "$files" --seconds "$seconds"

echo "$minutes minutes of mixed traffic; $(machine)"
from=$SECONDS next=0
echo "second,resident_kib,anonymous_kib,descriptors,threads,cpu_seconds" >"$work/samples.csv"
while [ $((SECONDS - from)) -lt "$seconds" ] && kill -0 "$pid" 2>/dev/null; do
    if [ $((SECONDS - from)) -ge "$next" ]; then
        sample "$next" >>"$work/samples.csv"
        next=$((next + 10))
    fi
    sleep 0.5
done
failed=0
finish() { # NAME: what a generator had to say
    wait "${server_pids[$1]}" || { echo "$1 failed:" >&2; tail -n 5 "$work/$1.log" >&2; failed=1; }
    unset "server_pids[$1]"
}
for name in steady-http steady-https steady-h2; do
    finish "$name"
    grep -qE '^requests:.* 0 failed, 0 errored' "$work/$name.out" && grep -qE '^status codes:.* 0 3xx, 0 4xx, 0 5xx' "$work/$name.out" ||
        { echo "$name: $(grep -E '^(requests|status codes):' "$work/$name.out" | paste -sd' ')" >&2; failed=1; }
    echo "$name: $(sed -nE 's/^requests: .* ([0-9]+ succeeded).*/\1/p' "$work/$name.out")"
done
finish traffic
cat "$work/traffic.out"
kill -0 "$pid" 2>/dev/null || { echo "Frontier ended:" >&2; tail -n 20 "$work/frontier.log" >&2; failed=1; }
errors=$(grep -cE '^(fail|crit): ' "$work/frontier.log" || true)
[ "$errors" -eq 0 ] || { echo "Frontier logged $errors errors, first: $(grep -m1 -E '^(fail|crit): ' "$work/frontier.log")" >&2; failed=1; }
[ -z "$samples" ] || cp "$work/samples.csv" "$samples"
python3 "$here/summary.py" "$work/samples.csv" "${MEMORY_TOLERANCE:-15}" "${DESCRIPTOR_TOLERANCE:-64}" "${THREAD_TOLERANCE:-16}" || failed=1
exit "$failed"
