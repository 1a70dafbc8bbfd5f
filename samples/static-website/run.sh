#!/usr/bin/env bash
# A website in a bucket, set up with the AWS CLI and delivered by the edge, from the first upload to the last delete.
# Needs: the .NET SDK, aws (AWS CLI), curl, nginx. Uses free ports and a temporary data directory, and cleans up after itself.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
chmod 711 "$work" # nginx reads its files as a user of its own
frontier_pid=
nginx_pid=

cleanup() {
    status=$?
    [ -n "$nginx_pid" ] && kill "$nginx_pid" 2>/dev/null && wait "$nginx_pid" 2>/dev/null
    [ -n "$frontier_pid" ] && kill "$frontier_pid" 2>/dev/null && wait "$frontier_pid" 2>/dev/null
    if [ "$status" -ne 0 ]; then
        printf '\nFAILED; the last lines of the log of frontier:\n' >&2
        tail -n 30 "$work/frontier.log" >&2 || true
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
refuse() { ! grep -qiE -- "$2" <<<"$1" || fail "$3: found /$2/ in:
$1"; printf '   ok: %s\n' "$3"; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

api_port=$(free_port); buckets_port=$(free_port); http_port=$(free_port); https_port=$(free_port); nginx_port=$(free_port)
data="$work/data"
api="http://127.0.0.1:$api_port"
buckets="http://127.0.0.1:$buckets_port"

start_frontier() {
    # Job control only here: without it the shell would make the program deaf to Ctrl-C.
    set -m
    "$root/frontier" up --data "$data" --api "127.0.0.1:$api_port" --buckets "127.0.0.1:$buckets_port" \
        --http "127.0.0.1:$http_port" --https "127.0.0.1:$https_port" --dns 127.0.0.1:0 >"$work/frontier.out" 2>"$work/frontier.log" &
    frontier_pid=$!
    set +m
    for _ in $(seq 600); do
        grep -q 'Frontier is up' "$work/frontier.out" && return
        kill -0 "$frontier_pid" 2>/dev/null || fail "frontier did not start"
        sleep 0.2
    done
    fail "frontier did not come up in two minutes"
}

# get URL [curl options]: header and body of one answer, over the CA that frontier made; *.localhost is this machine.
get() { curl -sS -i --max-time 20 --cacert "$data/edge/certificates/ca.pem" "$@"; }

# Debian's AWS CLI when it is there: the one this sample promises to work with.
aws_program=aws; [ -x /usr/bin/aws ] && aws_program=/usr/bin/aws
export AWS_SHARED_CREDENTIALS_FILE="$data/credentials" AWS_CONFIG_FILE="$work/aws-config" AWS_EC2_METADATA_DISABLED=true AWS_PAGER=
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION || true
s3() { "$aws_program" --endpoint-url "$buckets" s3 "$@"; }
s3api() { "$aws_program" --endpoint-url "$buckets" s3api "$@"; }
cloudfront() { "$aws_program" --endpoint-url "$api" --output text cloudfront "$@"; }

# change_config STATEMENT: runs a statement of Python on the saved configuration.
change_config() {
    python3 -c 'import json, sys
config = json.load(open(sys.argv[1]))
exec(sys.argv[2])
json.dump(config, open(sys.argv[1], "w"))' "$work/config.json" "$1"
}

step "0. frontier up"
start_frontier
cat "$work/frontier.out"

step "1. A bucket and a site"
s3 mb s3://my-website-bucket
cp -r "$here/site" "$work/site"
s3 sync --no-progress "$work/site/" s3://my-website-bucket
s3 website s3://my-website-bucket --index-document index.html --error-document error.html
expect "$(s3 ls s3://my-website-bucket --recursive)" 'docs/index.html' "the bucket lists the site"

step "2. An origin access control and a distribution"
oac=$(cloudfront create-origin-access-control --query OriginAccessControl.Id --origin-access-control-config \
    Name=my-website,Description=,SigningProtocol=sigv4,SigningBehavior=always,OriginAccessControlOriginType=s3)
sed "s/ORIGIN_ACCESS_CONTROL_ID/$oac/" "$here/distribution.json" >"$work/distribution.json"
read -r id domain arn <<<"$(cloudfront create-distribution --distribution-config "file://$work/distribution.json" \
    --query 'Distribution.[Id,DomainName,ARN]')"
printf '   distribution %s at %s\n' "$id" "$domain"
sed "s|DISTRIBUTION_ARN|$arn|" "$here/bucket-policy.json" >"$work/bucket-policy.json"
s3api put-bucket-policy --bucket my-website-bucket --policy "file://$work/bucket-policy.json"
cloudfront wait distribution-deployed --id "$id"
site="https://$domain:$https_port"

step "3. Viewers: redirect, miss, hit, alias, HTTP/2"
expect "$(get "http://$domain:$http_port/")" '^HTTP/1.1 301' "http is redirected"
expect "$(get "http://$domain:$http_port/a?b=c")" "^location: https://$domain:$https_port/a\?b=c" "to the same path under https"
first=$(get "$site/")
expect "$first" '^x-cache: Miss from cloudfront' "the first request is a miss"
expect "$first" 'version 1' "with the content of the bucket"
expect "$first" '^HTTP/2 200' "over HTTP/2"
second=$(get "$site/")
expect "$second" '^x-cache: Hit from cloudfront' "the second is a hit"
expect "$second" '^age: [0-9]+' "with its age"
expect "$(get "https://www.example.localhost:$https_port/")" '^x-cache: Hit from cloudfront' "the alias answers alike"
expect "$(get --http1.1 "$site/")" '^HTTP/1.1 200' "HTTP/1.1 works over TLS, too"
expect "$(get -H 'Range: bytes=0-14' "$site/")" '^content-range: bytes 0-14/' "a range is a range"
etag=$(grep -i '^etag:' <<<"$second" | tr -d '\r' | cut -d' ' -f2)
expect "$(get -H "If-None-Match: $etag" "$site/")" '^HTTP/2 304' "a validator saves the body"
expect "$(get "$buckets/my-website-bucket/index.html")" 'AccessDenied' "the bucket itself is private"

step "4. A new upload is invisible until it is invalidated"
sed -i 's/version 1/version 2/' "$work/site/index.html"
s3 cp --no-progress "$work/site/index.html" s3://my-website-bucket/index.html
expect "$(get "$site/")" 'version 1' "the cached page is served on"
invalidation=$(cloudfront create-invalidation --distribution-id "$id" --paths '/*' --query Invalidation.Id)
cloudfront wait invalidation-completed --distribution-id "$id" --id "$invalidation"
third=$(get "$site/")
expect "$third" '^x-cache: Miss from cloudfront' "after the invalidation the next request is a miss"
expect "$third" 'version 2' "with the new content"
get "$site/" >/dev/null

step "5. A website endpoint and an nginx as origins, chosen by path"
s3api put-bucket-policy --bucket my-website-bucket --policy "file://$here/public-read-policy.json"
mkdir -p "$work/nginx/app" "$work/nginx/tmp"
printf 'from nginx\n' >"$work/nginx/app/hello.txt"
sed -e "s|PORT|$nginx_port|" -e "s|DIRECTORY|$work/nginx|g" "$here/nginx.conf" >"$work/nginx/nginx.conf"
"$(command -v nginx || echo /usr/sbin/nginx)" -e "$work/nginx/error.log" -c "$work/nginx/nginx.conf" &
nginx_pid=$!
sed "s/NGINX_PORT/$nginx_port/" "$here/two-origins.json" >"$work/two-origins.json"
read -r id2 domain2 <<<"$(cloudfront create-distribution --distribution-config "file://$work/two-origins.json" --query 'Distribution.[Id,DomainName]')"
cloudfront wait distribution-deployed --id "$id2"
other="http://$domain2:$http_port"
expect "$(get "$other/docs/")" 'Documentation' "the website endpoint serves a directory's index"
expect "$(get "$other/docs")" '^HTTP/1.1 302' "and redirects to it"
missing=$(get "$other/none")
expect "$missing" '^HTTP/1.1 404' "a missing page is a 404"
expect "$missing" 'Nothing lies here' "with the error document"
expect "$(get "$other/app/hello.txt")" '^x-cache: Miss from cloudfront' "the path pattern leads to nginx"
nginx_hit=$(get "$other/app/hello.txt")
expect "$nginx_hit" '^x-cache: Hit from cloudfront' "and its answer is cached"
expect "$nginx_hit" 'from nginx' "byte for byte"

step "6. Stop, start again: everything is there and the cache is warm"
kill -INT "$frontier_pid"
wait "$frontier_pid" || fail "frontier did not stop cleanly"
frontier_pid=
start_frontier
warm=$(get "$site/")
expect "$warm" '^x-cache: Hit from cloudfront' "the page is a hit after the restart"
expect "$warm" 'version 2' "and the right one"

step "7. Read, change, disable, delete"
cloudfront get-distribution-config --id "$id" --query DistributionConfig --output json >"$work/config.json"
etag=$(cloudfront get-distribution-config --id "$id" --query ETag)
expect "$(cat "$work/config.json")" '"DefaultRootObject": "index.html"' "the configuration reads back"
change_config 'config["Comment"] = "changed"'
new_etag=$(cloudfront update-distribution --id "$id" --if-match "$etag" --distribution-config "file://$work/config.json" --query ETag)
stale=$(cloudfront update-distribution --id "$id" --if-match "$etag" --distribution-config "file://$work/config.json" 2>&1 || true)
expect "$stale" 'PreconditionFailed' "a stale ETag is refused"
refused=$(cloudfront delete-distribution --id "$id" --if-match "$new_etag" 2>&1 || true)
expect "$refused" 'DistributionNotDisabled' "an enabled distribution is not deleted"
change_config 'config["Enabled"] = False'
new_etag=$(cloudfront update-distribution --id "$id" --if-match "$new_etag" --distribution-config "file://$work/config.json" --query ETag)
cloudfront wait distribution-deployed --id "$id"
expect "$(get "$site/")" '^HTTP/2 403' "a disabled distribution serves nothing"
cloudfront delete-distribution --id "$id" --if-match "$new_etag"
refuse "$(cloudfront list-distributions --query 'DistributionList.Items[].Id')" "$id" "the distribution is gone"

printf '\nEverything worked.\n'
