#!/usr/bin/env bash
# Measures the edge beside nginx: cache hits of four sizes over HTTP/1.1, HTTPS/1.1 and HTTP/2, and misses passed through.
# Each server is pinned to core 0 and the load generator to core 1; rounds are interleaved and medians are printed, because
# only ratios of neighbouring runs mean anything on a shared machine.
#
# Usage: bench/load/run.sh [FILE]     writes the table to FILE (default: standard output only)
#   ROUNDS=3 SECONDS_EACH=3 CONNECTIONS=64 STREAMS=32 SIZES="1k 16k 128k 1m"
# Needs: dotnet, nginx, wrk, h2load (nghttp2-client), aws (awscli), openssl, curl; installs the Debian packages when it may.
set -euo pipefail
rounds=${ROUNDS:-3} seconds=${SECONDS_EACH:-3} connections=${CONNECTIONS:-64} streams=${STREAMS:-32} sizes=${SIZES:-"1k 16k 128k 1m"}
root=$(cd "$(dirname "$0")/../.." && pwd)
table=${1:-}
export PATH="$PATH:/usr/sbin" AWS_PAGER= AWS_EC2_METADATA_DISABLED=true

missing=
for need in nginx:nginx wrk:wrk h2load:nghttp2-client aws:awscli openssl:openssl curl:curl taskset:util-linux; do
    command -v "${need%%:*}" >/dev/null || missing="$missing ${need##*:}"
done
if [ -n "$missing" ]; then
    [ "$(id -u)" -eq 0 ] || { echo "Missing:$missing" >&2; exit 1; }
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

work=$(mktemp -d)
pids=()
cleanup() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap cleanup EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
origin=$(free_port) nginx_http=$(free_port) nginx_https=$(free_port)
api=$(free_port) buckets=$(free_port) edge_http=$(free_port) edge_https=$(free_port)

mkdir -p "$work/files/pass" "$work/origin" "$work/peer/cache"
bytes_of() { case $1 in *k) echo $(( ${1%k} * 1024 )) ;; *m) echo $(( ${1%m} * 1048576 )) ;; esac; }
for size in $sizes; do head -c "$(bytes_of "$size")" /dev/urandom >"$work/files/$size.bin"; done
cp "$work/files/1k.bin" "$work/files/pass/1k.bin" 2>/dev/null || head -c 1024 /dev/urandom >"$work/files/pass/1k.bin"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null

paths() { printf 'client_body_temp_path %s/body; proxy_temp_path %s/proxy; fastcgi_temp_path %s/f; uwsgi_temp_path %s/u; scgi_temp_path %s/s;' "$1" "$1" "$1" "$1" "$1"; }
cat >"$work/origin/nginx.conf" <<CONF
daemon off; user root; worker_processes 1; pid $work/origin/pid; error_log $work/origin/error.log;
events { worker_connections 4096; }
http {
    $(paths "$work/origin")
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; open_file_cache max=100;
    server { listen 127.0.0.1:$origin; root $work/files; add_header Cache-Control "max-age=86400"; }
}
CONF
# The peer: one worker with everything that makes nginx fast at this, and an access log as the edge has one.
cat >"$work/peer/nginx.conf" <<CONF
daemon off; user root; worker_processes 1; pid $work/peer/pid; error_log $work/peer/error.log;
events { worker_connections 4096; }
http {
    $(paths "$work/peer")
    access_log $work/peer/access.log combined buffer=64k flush=1s;
    sendfile on; tcp_nopush on; keepalive_requests 1000000000; open_file_cache max=1000 inactive=1h;
    proxy_cache_path $work/peer/cache keys_zone=hits:16m max_size=2g inactive=1d;
    upstream origin { server 127.0.0.1:$origin; keepalive 64; keepalive_requests 1000000000; }
    server {
        listen 127.0.0.1:$nginx_http;
        listen 127.0.0.1:$nginx_https ssl http2;
        ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem; ssl_protocols TLSv1.2 TLSv1.3;
        proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host localhost;
        location / { proxy_cache hits; proxy_cache_valid 200 1d; proxy_pass http://origin; }
        location /pass/ { proxy_pass http://origin; }
    }
}
CONF
taskset -c 1 nginx -e "$work/origin/error.log" -c "$work/origin/nginx.conf" & pids+=($!)
taskset -c 0 nginx -e "$work/peer/error.log" -c "$work/peer/nginx.conf" & pids+=($!)

[ -f "$root/artifacts/bin/Frontier/release/frontier.dll" ] || dotnet build "$root/src/Frontier" -c Release --nologo -v quiet
taskset -c 0 "$root/frontier" up --data "$work/data" --api "127.0.0.1:$api" --buckets "127.0.0.1:$buckets" \
    --http "127.0.0.1:$edge_http" --https "127.0.0.1:$edge_https" >"$work/frontier.out" 2>"$work/frontier.log" & pids+=($!)
for _ in $(seq 300); do grep -q 'Frontier is up' "$work/frontier.out" && break; sleep 0.2; done
grep -q 'Frontier is up' "$work/frontier.out" || { cat "$work/frontier.log" >&2; exit 1; }

export AWS_SHARED_CREDENTIALS_FILE="$work/data/credentials"
behavior() { printf '"TargetOriginId": "origin", "ViewerProtocolPolicy": "allow-all", "CachePolicyId": "%s"' "$1"; }
cat >"$work/distribution.json" <<JSON
{ "CallerReference": "bench", "Comment": "", "Enabled": true,
  "Origins": { "Quantity": 1, "Items": [ { "Id": "origin", "DomainName": "localhost",
    "CustomOriginConfig": { "HTTPPort": $origin, "HTTPSPort": 443, "OriginProtocolPolicy": "http-only" } } ] },
  "DefaultCacheBehavior": { $(behavior 658327ea-f89d-4fab-a63d-7e88639e58f6) },
  "CacheBehaviors": { "Quantity": 1, "Items": [ { "PathPattern": "/pass/*", $(behavior 4135ea2d-6df8-44a3-9df3-4b5a84be39ad) } ] } }
JSON
cloudfront() { aws --endpoint-url "http://127.0.0.1:$api" --output text cloudfront "$@"; }
read -r id host <<<"$(cloudfront create-distribution --distribution-config "file://$work/distribution.json" --query 'Distribution.[Id,DomainName]')"
cloudfront wait distribution-deployed --id "$id"

wrk_rate() { taskset -c 1 wrk -t1 -c"$connections" -d"${seconds}s" -H "Host: $host" "$1" 2>/dev/null | awk -v failed="$work/failed" '/^Requests\/sec:/ { print $2 } /Non-2xx|Socket errors/ { print > failed }'; }
h2_rate() { taskset -c 1 h2load -t1 -c16 -m"$streams" -D"$seconds" -H ":authority: $host" "$1" 2>/dev/null | awk -v failed="$work/failed" '/^finished in/ { print $4 } /^status codes:/ && !/ 0 3xx, 0 4xx, 0 5xx/ { print > failed }'; }
measure() { # PROTOCOL SERVER PATH
    local plain secure
    if [ "$2" = nginx ]; then plain=$nginx_http secure=$nginx_https; else plain=$edge_http secure=$edge_https; fi
    case $1 in
        http) wrk_rate "http://127.0.0.1:$plain$3" ;;
        https) wrk_rate "https://127.0.0.1:$secure$3" ;;
        h2) h2_rate "https://127.0.0.1:$secure$3" ;;
    esac
}
median() { sort -n | awk '{ v[NR] = $1 } END { if (NR) print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

check() { # URL BYTES
    local answer
    answer=$(curl -sk -o /dev/null -w '%{http_code} %{size_download}' -H "Host: $host" "$1")
    [ "$answer" = "200 $2" ] || { echo "$1 answers $answer instead of 200 $2" >&2; exit 1; }
}
for size in $sizes; do
    for base in "http://127.0.0.1:$nginx_http" "https://127.0.0.1:$nginx_https" "http://127.0.0.1:$edge_http" "https://127.0.0.1:$edge_https"; do
        check "$base/$size.bin" "$(bytes_of "$size")"
    done
done

# Warm: fill both caches, and let the just-in-time compiler see each kind of traffic once.
for size in $sizes; do for protocol in http https h2; do for server in nginx frontier; do measure "$protocol" "$server" "/$size.bin" >/dev/null; done; done; done

row() { # LABEL PROTOCOL PATH
    local round server
    : >"$work/nginx.rates"; : >"$work/frontier.rates"
    for round in $(seq "$rounds"); do
        for server in nginx frontier; do measure "$2" "$server" "$3" >>"$work/$server.rates"; done
    done
    local peer ours
    peer=$(median <"$work/nginx.rates"); ours=$(median <"$work/frontier.rates")
    awk -v label="$1" -v peer="$peer" -v ours="$ours" 'BEGIN { printf "| %s | %.0f | %.0f | %.2f |\n", label, peer, ours, ours / peer }'
}

print_table() {
    printf '# Load: the edge beside nginx\n\n'
    printf 'Command: `ROUNDS=%s SECONDS_EACH=%s CONNECTIONS=%s STREAMS=%s bench/load/run.sh`\n\n' "$rounds" "$seconds" "$connections" "$streams"
    printf '%s, %s cores; .NET %s; %s. Server on core 0, generator (and origin) on core 1; medians of %s interleaved rounds of %s s;\n' \
        "$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)" "$(nproc)" "$(dotnet --list-runtimes | awk '/NETCore.App/ { v = $2 } END { print v }')" \
        "$(nginx -v 2>&1 | sed 's/.*: //')" "$rounds" "$seconds"
    printf '%s connections (HTTP/2: 16 connections, %s streams each); access logs on in both. Requests per second.\n\n' "$connections" "$streams"
    printf '| work | nginx | Frontier | ratio |\n|---|---:|---:|---:|\n'
    local size protocol
    for protocol in http https h2; do
        for size in $sizes; do row "hit, $protocol, $size" "$protocol" "/$size.bin"; done
    done
    row "pass-through miss, http, 1k" http /pass/1k.bin
}
if [ -n "$table" ]; then print_table | tee "$table"; else print_table; fi
if [ -s "$work/failed" ]; then
    echo "Not every request was answered well:" >&2
    sort "$work/failed" | uniq -c >&2
    exit 1
fi
