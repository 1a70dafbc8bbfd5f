#!/usr/bin/env bash
# Waits until edges serve a distribution and know their fleet. Arguments: HOST PORT…
set -euo pipefail
host=$1
shift
for port in "$@"; do
    for try in $(seq 300); do
        [ "$(curl -s -o /dev/null -w '%{http_code}' -H "Host: $host" "http://127.0.0.1:$port/ready")" = 200 ] && break
        [ "$try" -lt 300 ] || { echo "The edge on port $port does not serve $host." >&2; exit 1; }
        sleep 0.2
    done
done
sleep 6 # one more report of everybody, so that each has the directory with all
