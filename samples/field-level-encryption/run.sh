#!/usr/bin/env bash
# A form whose fields are encrypted at the edge, set up with the AWS CLI, and decrypted by the application behind it with the AWS
# Encryption SDK for JavaScript. Needs: the .NET SDK, aws (AWS CLI), curl, openssl, python3, and Node 20 with the packages of
# tests/javascript (npm ci --prefix tests/javascript). Uses free ports and a temporary data directory, and cleans up after itself.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
frontier_pid=
origin_pid=

cleanup() {
    status=$?
    for pid in $origin_pid $frontier_pid; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true # it ends by the signal, not with 0
    done
    if [ "$status" -ne 0 ]; then
        printf '\nFAILED; the last lines of the logs of frontier and of the origin:\n' >&2
        tail -n 30 "$work/frontier.log" "$work/origin.log" >&2 || true
    fi
    rm -rf "$work"
    exit "$status"
}
trap cleanup EXIT

step() { printf '\n== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
# expect TEXT PATTERN WHAT: the text must contain the pattern (an extended regular expression).
expect() { grep -qE -- "$2" <<<"$1" || fail "$3: no match for /$2/ in:
$1"; printf '   ok: %s\n' "$3"; }
refuse() { ! grep -qE -- "$2" <<<"$1" || fail "$3: found /$2/ in:
$1"; printf '   ok: %s\n' "$3"; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# await FILE PATTERN PID: until the pattern stands in the file, or the process has ended.
await() {
    for _ in $(seq 600); do
        grep -q "$2" "$1" && return
        kill -0 "$3" 2>/dev/null || fail "a program ended before it said '$2'"
        sleep 0.2
    done
    fail "nobody said '$2' in two minutes"
}

api_port=$(free_port); buckets_port=$(free_port); http_port=$(free_port); https_port=$(free_port); origin_port=$(free_port)
data="$work/data"
aws_program=aws; [ -x /usr/bin/aws ] && aws_program=/usr/bin/aws
export AWS_SHARED_CREDENTIALS_FILE="$data/credentials" AWS_CONFIG_FILE="$work/aws-config" AWS_EC2_METADATA_DISABLED=true AWS_PAGER=
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION || true
cloudfront() { "$aws_program" --endpoint-url "http://127.0.0.1:$api_port" --output text cloudfront "$@"; }

step "1. Two keys: one that the application alone has, and the certificate it shows to the edge"
openssl genrsa -out "$work/private.pem" 2048 2>/dev/null
openssl rsa -in "$work/private.pem" -pubout -out "$work/public.pem" 2>/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout "$work/origin-key.pem" -out "$work/origin.pem" 2>/dev/null
node "$here/origin.mjs" "$origin_port" "$work/origin.pem" "$work/origin-key.pem" "$work/private.pem" "$root/tests/javascript" >"$work/origin.out" 2>"$work/origin.log" &
origin_pid=$!
await "$work/origin.out" listening "$origin_pid"

step "2. frontier up, which trusts the application's certificate"
set -m
SSL_CERT_FILE="$work/origin.pem" "$root/frontier" up --data "$data" --api "127.0.0.1:$api_port" --buckets "127.0.0.1:$buckets_port" \
    --http "127.0.0.1:$http_port" --https "127.0.0.1:$https_port" --dns 127.0.0.1:0 >"$work/frontier.out" 2>"$work/frontier.log" &
frontier_pid=$!
set +m
await "$work/frontier.out" 'Frontier is up' "$frontier_pid"

step "3. The public key, what it encrypts, and when"
key=$(cloudfront create-public-key --query PublicKey.Id \
    --public-key-config "$(python3 -c 'import json, sys; print(json.dumps({"CallerReference": "forms", "Name": "forms", "EncodedKey": open(sys.argv[1]).read()}))' "$work/public.pem")")
profile=$(cloudfront create-field-level-encryption-profile --query FieldLevelEncryptionProfile.Id --field-level-encryption-profile-config \
    '{"Name":"cards","CallerReference":"cards","EncryptionEntities":{"Quantity":1,"Items":[{"PublicKeyId":"'"$key"'","ProviderId":"shop","FieldPatterns":{"Quantity":2,"Items":["card","pin*"]}}]}}')
encryption=$(cloudfront create-field-level-encryption-config --query FieldLevelEncryption.Id --field-level-encryption-config \
    '{"CallerReference":"forms","ContentTypeProfileConfig":{"ForwardWhenContentTypeIsUnknown":false,"ContentTypeProfiles":{"Quantity":1,"Items":[{"Format":"URLEncoded","ContentType":"application/x-www-form-urlencoded","ProfileId":"'"$profile"'"}]}}}')
echo "   key $key, profile $profile, configuration $encryption"

step "4. A distribution that uses it"
sed -e "s/ORIGIN_PORT/$origin_port/" -e "s/FIELD_LEVEL_ENCRYPTION_ID/$encryption/" "$here/distribution.json" >"$work/distribution.json"
read -r id domain <<<"$(cloudfront create-distribution --distribution-config "file://$work/distribution.json" --query '[Distribution.Id,Distribution.DomainName]')"
cloudfront wait distribution-deployed --id "$id"
post() { curl -sS -i --max-time 20 --cacert "$data/edge/certificates/ca.pem" "$@" "https://$domain:$https_port/checkout"; }

step "5. A form is sent, and only the application can read its fields"
expect "$(post -d 'name=Ann&card=4111+1111+1111+1111' -d 'pin1=12&pin2=%C3%A9&note=a%20b')" 'thank you' "the application has taken the form"
got=$(tail -n 1 "$work/origin.out")
expect "$got" '"framing":"chunked"' "it came in chunks"
expect "$got" '"received":"name=Ann&card=AYAB[A-Za-z0-9%]+&pin1=AYAB[A-Za-z0-9%]+&pin2=AYAB[A-Za-z0-9%]+&note=a%20b"' "the fields are encrypted, all else is as it was"
refuse "$(sed 's/"decrypted".*//' <<<"$got")" '4111' "the card's number did not travel in the clear"
expect "$got" '"decrypted":\{"name":"Ann","card":"4111 1111 1111 1111","pin1":"12","pin2":"é","note":"a b"\}' "the AWS Encryption SDK reads them"

step "6. What is no form, or breaks off, goes nowhere"
expect "$(post -H 'Content-Type: application/json' -d '{"card":"4111"}')" '^HTTP/[0-9.]+ 400' "other content is refused"
expect "$(post -d 'card=%4')" '^HTTP/[0-9.]+ 400' "a form that breaks off is refused"
refuse "$(tail -n +3 "$work/origin.out")" 'received' "the application has heard of neither"

step "7. The access log tells what was done"
kill -INT "$frontier_pid" && wait "$frontier_pid" || fail "frontier did not stop cleanly"
frontier_pid=
log=$(cat "$data"/edge/logs/* | zcat -f)
expect "$log" '	Processed	3	' "fle-status and fle-encrypted-fields"
expect "$log" '	RejectedByContentType	-	' "a refusal, and why"
expect "$log" '	MalformedInputClientError	0	' "another"

printf '\nEverything worked.\n'
