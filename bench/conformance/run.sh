#!/usr/bin/env bash
# Runs the public HTTP cache tests (github.com/http-tests/cache-tests, the suite behind cache-tests.fyi) through the edge
# with --strict-http-caching, and prints how it does beside the results that the suite publishes for other proxies.
#
# Usage: bench/conformance/run.sh [FILE]     writes the table to FILE (default: standard output only)
#   SUITE=DIR                       a checkout of the suite with its packages installed (default: cloned and installed)
#   FLAGS="--strict-http-caching"   flags of `frontier up`; FLAGS= runs it by CloudFront's rules
#   ID=freshness-none               runs one test and shows its messages
# Needs: dotnet, node, aws (awscli); git and npm for the suite.
set -euo pipefail
flags=${FLAGS---strict-http-caching}
root=$(cd "$(dirname "$0")/../.." && pwd)
table=${1:-}
export AWS_PAGER= AWS_EC2_METADATA_DISABLED=true

work=$(mktemp -d)
pids=()
cleanup() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap cleanup EXIT
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
origin=$(free_port) api=$(free_port) buckets=$(free_port) http=$(free_port) https=$(free_port)

suite=${SUITE:-$work/suite}
if [ ! -d "$suite" ]; then
    git clone --quiet --depth 1 https://github.com/http-tests/cache-tests "$suite"
    (cd "$suite" && npm install --silent --no-audit --no-fund >/dev/null)
fi
(cd "$suite" && npm_config_protocol=http npm_config_port=$origin npm_config_pidfile="$work/origin.pid" exec node test-engine/server/server.mjs >"$work/origin.log" 2>&1) &
pids+=($!)

# shellcheck disable=SC2086
"$root/frontier" up --data "$work/data" --api "127.0.0.1:$api" --buckets "127.0.0.1:$buckets" \
    --http "127.0.0.1:$http" --https "127.0.0.1:$https" --dns 127.0.0.1:0 $flags >"$work/frontier.out" 2>"$work/frontier.log" &
pids+=($!)
for _ in $(seq 600); do grep -q 'Frontier is up' "$work/frontier.out" && break; sleep 0.2; done

export AWS_SHARED_CREDENTIALS_FILE="$work/data/credentials" AWS_CONFIG_FILE=/dev/null AWS_DEFAULT_REGION=us-east-1
# The key is the URL alone, the origin decides, and it is sent what the viewer sent.
policy=$(aws --endpoint-url "http://127.0.0.1:$api" cloudfront create-cache-policy --query CachePolicy.Id --output text --cache-policy-config \
    '{"Name":"conformance","MinTTL":0,"DefaultTTL":0,"MaxTTL":31536000,"ParametersInCacheKeyAndForwardedToOrigin":{"EnableAcceptEncodingGzip":false,"HeadersConfig":{"HeaderBehavior":"none"},"CookiesConfig":{"CookieBehavior":"none"},"QueryStringsConfig":{"QueryStringBehavior":"all"}}}')
cat >"$work/distribution.json" <<JSON
{ "CallerReference": "conformance", "Comment": "", "Enabled": true,
  "Origins": { "Quantity": 1, "Items": [ { "Id": "o", "DomainName": "localhost", "CustomOriginConfig":
    { "HTTPPort": $origin, "HTTPSPort": 443, "OriginProtocolPolicy": "http-only", "OriginSslProtocols": { "Quantity": 1, "Items": ["TLSv1.2"] } } } ] },
  "DefaultCacheBehavior": { "TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all",
    "AllowedMethods": { "Quantity": 7, "Items": ["GET","HEAD","OPTIONS","PUT","PATCH","POST","DELETE"], "CachedMethods": { "Quantity": 2, "Items": ["GET","HEAD"] } },
    "CachePolicyId": "$policy", "OriginRequestPolicyId": "216adef6-5c7f-47e4-b989-5492eafa07d3" } }
JSON
domain=$(aws --endpoint-url "http://127.0.0.1:$api" cloudfront create-distribution --distribution-config "file://$work/distribution.json" \
    --query Distribution.DomainName --output text)
for _ in $(seq 100); do curl -s -o /dev/null -H "Host: $domain" "http://127.0.0.1:$http/x" -w '%{http_code}' | grep -q 403 || break; sleep 0.1; done

# Not every resolver knows *.localhost; the client must.
cat >"$work/localhost.cjs" <<'JS'
const dns = require('dns'), lookup = dns.lookup
dns.lookup = (name, options, done) => lookup(name.endsWith('.localhost') ? '127.0.0.1' : name, options, done)
JS
(cd "$suite" && NODE_OPTIONS="--require $work/localhost.cjs --no-warnings" npm_config_base="http://$domain:$http" npm_package_config_id="${ID:-}" \
    node test-engine/cli.mjs) >"$work/results.json"
if [ -n "${ID:-}" ]; then cat "$work/results.json"; exit; fi
[ -n "${RESULTS:-}" ] && cp "$work/results.json" "$RESULTS"
(cd "$suite" && node --no-warnings "$root/bench/conformance/summary.mjs" "$suite" "$work/results.json" "$flags") | if [ -n "$table" ]; then tee "$table"; else cat; fi
