# Sourced after origin.sh: Frontier as a user starts it, with one distribution in front of the origin.

api=$(free_port) buckets=$(free_port) frontier_http=$(free_port) frontier_https=$(free_port)
data="$work/data"

frontier_environment=() # NAME=VALUE for the server alone

# What is measured is what the server can do, not what it is told to allow.
frontier_limits=(--new-connections 0 --handshakes 0 --requests 0)

# start_frontier [FLAG…]: builds when it must, starts, and waits until it is up; further flags go to "frontier up".
start_frontier() {
    "$root/frontier" --version >/dev/null # builds, which is not to happen on the server's core
    start frontier "$server_cores" env "${frontier_environment[@]}" "$root/frontier" up --data "$data" --api "127.0.0.1:$api" --buckets "127.0.0.1:$buckets" \
        --http "127.0.0.1:$frontier_http" --https "127.0.0.1:$frontier_https" --dns 127.0.0.1:0 "${frontier_limits[@]}" "$@"
    local try
    for try in $(seq 300); do
        grep -q 'Frontier is up' "$work/frontier.out" && break
        kill -0 "${server_pids[frontier]}" 2>/dev/null || break
        sleep 0.2
    done
    grep -q 'Frontier is up' "$work/frontier.out" || { cat "$work/frontier.log" >&2; echo "Frontier did not come up." >&2; exit 1; }
    export AWS_SHARED_CREDENTIALS_FILE="$data/credentials" AWS_CONFIG_FILE="$work/aws-config"
}

cloudfront() { aws --endpoint-url "http://127.0.0.1:$api" --output text cloudfront "$@"; }
s3() { aws --endpoint-url "http://127.0.0.1:$buckets" s3 "$@"; }

# AWS's managed policies.
caching_optimized=658327ea-f89d-4fab-a63d-7e88639e58f6 caching_disabled=4135ea2d-6df8-44a3-9df3-4b5a84be39ad

# Everything from the origin is cached but what lies under /pass/. Sets $id and $host; a COMMENT tells one version from the next.
distribution_config() { # COMMENT [CALLER-REFERENCE]
    local behavior='"TargetOriginId": "origin", "ViewerProtocolPolicy": "allow-all", "CachePolicyId":'
    cat <<JSON
{ "CallerReference": "${2:-bench}", "Comment": "$1", "Enabled": true,
  "Origins": { "Quantity": 1, "Items": [ { "Id": "origin", "DomainName": "localhost",
    "CustomOriginConfig": { "HTTPPort": $origin, "HTTPSPort": 443, "OriginProtocolPolicy": "http-only" } } ] },
  "DefaultCacheBehavior": { $behavior "$caching_optimized" },
  "CacheBehaviors": { "Quantity": 1, "Items": [ { "PathPattern": "/pass/*", $behavior "$caching_disabled" } ] } }
JSON
}
create_distribution() {
    distribution_config "" >"$work/distribution.json"
    read -r id host <<<"$(cloudfront create-distribution --distribution-config "file://$work/distribution.json" --query 'Distribution.[Id,DomainName]')"
    cloudfront wait distribution-deployed --id "$id"
}
