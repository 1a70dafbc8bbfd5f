#!/usr/bin/env bash
# Measures how much memory the program needs while large bodies stream through it: downloads through the edge, cacheable and
# not, and uploads to the bucket server, in parts and as one. Fails when a peak is over the limit.
#
# Usage: bench/memory/run.sh [FILE]     writes the table to FILE (default: standard output only)
#   DOWNLOAD=10G UPLOAD=5G LIMIT_MIB=400
# Needs: dotnet, nginx, aws (awscli), curl, python3; Linux's /proc; room on the disk for DOWNLOAD and twice UPLOAD under TMPDIR.
set -euo pipefail
download=${DOWNLOAD:-10G} upload=${UPLOAD:-5G} limit=${LIMIT_MIB:-400}
root=$(cd "$(dirname "$0")/../.." && pwd)
table=${1:-/dev/null}
export PATH="$PATH:/usr/sbin" AWS_PAGER= AWS_EC2_METADATA_DISABLED=true
for need in nginx aws curl python3; do
    command -v "$need" >/dev/null || { echo "Missing: $need" >&2; exit 1; }
done

work=$(mktemp -d)
chmod 711 "$work" # nginx reads its files as a user of its own
nginx_pid= frontier_pid=
cleanup() {
    status=$?
    [ -z "$nginx_pid" ] || { kill "$nginx_pid" && wait "$nginx_pid"; } 2>/dev/null || true
    [ -z "$frontier_pid" ] || { kill -9 "$frontier_pid" && wait "$frontier_pid"; } 2>/dev/null || true
    [ "$status" -eq 0 ] || tail -n 20 "$work/frontier.log" >&2 || true
    rm -rf "$work"
    exit "$status"
}
trap cleanup EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
origin=$(free_port) api=$(free_port) buckets=$(free_port) http=$(free_port) https=$(free_port)

# The files are holes: they cost no disk, and every byte of them travels.
mkdir -p "$work/files/pass" "$work/nginx"
truncate -s "$download" "$work/files/large.bin" "$work/files/pass/large.bin"
truncate -s "$upload" "$work/upload.bin"
cat >"$work/nginx/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $work/nginx/pid; error_log $work/nginx/error.log;
events { worker_connections 64; }
http {
    client_body_temp_path $work/nginx/b; proxy_temp_path $work/nginx/p; fastcgi_temp_path $work/nginx/f; uwsgi_temp_path $work/nginx/u; scgi_temp_path $work/nginx/s;
    access_log off; sendfile on; tcp_nopush on;
    server { listen 127.0.0.1:$origin; root $work/files; add_header Cache-Control "max-age=86400"; }
}
CONF
nginx -e "$work/nginx/error.log" -c "$work/nginx/nginx.conf" &
nginx_pid=$!

"$root/frontier" up --data "$work/data" --api "127.0.0.1:$api" --buckets "127.0.0.1:$buckets" \
    --http "127.0.0.1:$http" --https "127.0.0.1:$https" --dns 127.0.0.1:0 >"$work/frontier.out" 2>"$work/frontier.log" &
frontier_pid=$!
for _ in $(seq 600); do grep -q 'Frontier is up' "$work/frontier.out" && break; sleep 0.2; done
grep -q 'Frontier is up' "$work/frontier.out" || { echo "frontier did not come up" >&2; exit 1; }

export AWS_SHARED_CREDENTIALS_FILE="$work/data/credentials" AWS_CONFIG_FILE="$work/aws-config"
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION || true
behavior() { printf '"TargetOriginId": "origin", "ViewerProtocolPolicy": "allow-all", "CachePolicyId": "%s"' "$1"; }
cat >"$work/distribution.json" <<JSON
{ "CallerReference": "memory", "Comment": "", "Enabled": true,
  "Origins": { "Quantity": 1, "Items": [ { "Id": "origin", "DomainName": "localhost",
    "CustomOriginConfig": { "HTTPPort": $origin, "HTTPSPort": 443, "OriginProtocolPolicy": "http-only" } } ] },
  "DefaultCacheBehavior": { $(behavior 658327ea-f89d-4fab-a63d-7e88639e58f6) },
  "CacheBehaviors": { "Quantity": 1, "Items": [ { "PathPattern": "/pass/*", $(behavior 4135ea2d-6df8-44a3-9df3-4b5a84be39ad) } ] } }
JSON
cloudfront() { aws --endpoint-url "http://127.0.0.1:$api" --output text cloudfront "$@"; }
s3() { aws --endpoint-url "http://127.0.0.1:$buckets" s3 "$@" >/dev/null; }
read -r id host <<<"$(cloudfront create-distribution --distribution-config "file://$work/distribution.json" --query 'Distribution.[Id,DomainName]')"
cloudfront wait distribution-deployed --id "$id"
s3 mb s3://memory

list() { cloudfront list-distributions --query 'DistributionList.Quantity' >/dev/null; }
bytes() { numfmt --from=iec "$1"; }
over=0
# row WORK COMMAND…: runs the command and prints its duration and the highest resident set of the program meanwhile.
row() {
    local label=$1 started seconds peak outcome
    shift
    echo 5 >"/proc/$frontier_pid/clear_refs" # the peak of each row is its own
    started=$(date +%s.%N)
    outcome=
    "$@"
    seconds=$(awk -v from="$started" -v to="$(date +%s.%N)" 'BEGIN { printf "%.0f", to - from }')
    peak=$(awk '/^VmHWM:/ { printf "%d", $2 / 1024 }' "/proc/$frontier_pid/status")
    [ "$peak" -le "$limit" ] || over=1
    printf '| %s%s | %s | %s |\n' "$label" "${outcome:+: $outcome}" "$seconds" "$peak" | tee -a "$table"
}
get() { # PATH: the whole body must arrive
    local got
    got=$(curl -sS -f -o /dev/null -D "$work/head" -w '%{size_download}' --resolve "$host:$http:127.0.0.1" "http://$host:$http$1")
    [ "$got" -eq "$(bytes "$download")" ] || { echo "$1: $got bytes instead of $download" >&2; return 1; }
    outcome=$(awk 'tolower($1) == "x-cache:" { print $2 }' "$work/head")
}
put_whole() {
    local key
    key=$(awk '/^aws_access_key_id/ { id = $3 } /^aws_secret_access_key/ { secret = $3 } END { print id ":" secret }' "$AWS_SHARED_CREDENTIALS_FILE")
    curl -sS -f -o /dev/null --aws-sigv4 aws:amz:us-east-1:s3 --user "$key" -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' -T "$work/upload.bin" "http://127.0.0.1:$buckets/memory/whole"
}

{
    printf '# Memory: the whole program while large bodies stream through it\n\n'
    printf 'Command: `DOWNLOAD=%s UPLOAD=%s LIMIT_MIB=%s bench/memory/run.sh`\n\n' "$download" "$upload" "$limit"
    printf '%s, %s cores; .NET %s; default settings (128 MiB of memory for cached objects), one client at a time.\n' \
        "$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)" "$(nproc)" "$(dotnet --list-runtimes | awk '/NETCore.App/ { v = $2 } END { print v }')"
    printf 'Peak RSS is VmHWM of the process, set back before each row.\n\n'
    printf '| work | seconds | peak RSS, MiB |\n|---|---:|---:|\n'
} | tee "$table"
row "start and one call of the control API" list
row "download $download, CachingDisabled" get /pass/large.bin
row "download $download, cacheable" get /large.bin
row "download $download, cacheable, again" get /large.bin
row "upload $upload, aws s3 cp in parts" s3 cp --no-progress "$work/upload.bin" s3://memory/parts
s3 rm s3://memory/parts
row "upload $upload, one PUT, unsigned payload" put_whole
[ "$over" -eq 0 ] || { echo "A peak is over $limit MiB." >&2; exit 1; }
