#!/usr/bin/env bash
# Measures what viewers of hits notice of attacks: the p99 of requests at a fixed rate in calm and, right after it, beside each attack,
# in turns, and the ratio of their medians, for plain and TLS hits. The server is pinned to core 0; viewers, attackers and origin share
# core 1, the attackers with the lowest priority, so that it is the server they disturb. All limits are at their defaults. Viewers come from 127.0.0.1,
# which is exempt from an address's own; attackers come from 127.0.0.66 and, where the row says so, from fifteen more.
#
# Usage: bench/attacks/run.sh [--only ATTACK,…] [FILE]     writes the table to FILE too
#   connections   connects and leaves               requests      hits, as many as it gets
#   handshakes    full TLS handshakes               misses        requests that go to the origin
#   handshakes16  the same from 16 addresses        slow-heads    slowloris
#   hellos        handshakes begun and left         slow-bodies   slow POST
#   slow-reads    large answers that are not read
#   of HTTP/2:
#   resets        rapid reset                       continuations headers without end
#   provoked      resets that the server is made to send (MadeYouReset)
#   settings      SETTINGS, each to be acknowledged pings         PING, likewise
# Environment, with defaults: ROUNDS=5 SECONDS_EACH=2 RATE=2000 CONNECTIONS=32 WARM=20 SERVER_CORES=0 GENERATOR_CORES=1
# Needs: dotnet, nginx, aws (awscli), curl, python3, cc (gcc), libssl-dev; installs the Debian packages when it may. About a quarter of an hour.
# Exit codes: 0 every ratio is at most 3, 1 one is more or a viewer was not answered well, 2 wrong usage.
set -euo pipefail
usage() { sed -n '/^# Usage/,/^# Exit/s/^# \{0,1\}//p' "$0"; }
all="connections handshakes handshakes16 hellos requests misses resets provoked continuations settings pings slow-heads slow-bodies slow-reads"
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../rig/arguments.sh"
read_arguments attack "$@"
SECONDS_EACH=${SECONDS_EACH:-2} CONNECTIONS=${CONNECTIONS:-32}
. "$here/../rig/rig.sh"
need nginx:nginx curl:curl cc:gcc /usr/include/openssl/ssl.h:libssl-dev taskset:util-linux
. "$here/../rig/origin.sh"
. "$here/../rig/traffic.sh"
. "$here/../rig/frontier.sh"
rate=${RATE:-2000} rounds=${ROUNDS:-5} frontier_limits=() # its own
say() { printf "$@" | tee -a "${table:-/dev/null}"; }

make_files 1k 4m
build_viewer
start_origin
start_frontier
create_distribution
declare -A urls=([http]="http://127.0.0.1:$frontier_http/1k.bin" [https]="https://127.0.0.1:$frontier_https/1k.bin")
declare -A ports=([http]=$frontier_http [https]=$frontier_https)
for size in 1k 4m; do for try in 1 2; do curl -sf -o /dev/null -H "Host: $host" "http://127.0.0.1:$frontier_http/$size.bin"; done; done

# p99 SCHEME: in microseconds, counted from when each request was due.
p99() { viewer_rate paced "${urls[$1]}" "$connections" "$seconds" "$rate" | awk '{ printf "%.0f", $3 }'; }

# Which port an attack is for.
port_of() { case $1 in handshakes* | hellos | resets | provoked | continuations | settings | pings) echo "${ports[https]}" ;; *) echo "${ports[http]}" ;; esac; }

# attacked ATTACK SCHEME: the p99 beside it.
attacked() {
    local sources=1 kind=$1
    case $1 in *16) sources=16 kind=${1%16} ;; esac
    start "attacker" "$generator_cores" nice -n 19 python3 "$here/attacker.py" "$kind" 127.0.0.1 "$(port_of "$1")" "$host" "$((seconds + 1))" 127.0.0.66 "$sources"
    sleep 1
    p99 "$2"
    wait "${server_pids[attacker]}" || true
    unset "server_pids[attacker]"
}

for scheme in http https; do # just-in-time compilation must be over
    viewer_rate paced "${urls[$scheme]}" "$connections" "${WARM:-20}" "$rate" >/dev/null
done
say 'p99 of %s hits a second, µs; medians of %s rounds of %s s in calm and %s s beside attackers of %s workers. %s\n\n' \
    "$rate" "$rounds" "$seconds" "$seconds" "$(sed -n 's/^WORKERS = //p' "$here/attacker.py")" "$(machine)"
say '| attack | connections it made | plain: calm | attacked | ratio | TLS: calm | attacked | ratio |\n|---|---:|---:|---:|---:|---:|---:|---:|\n'
worst=0
for attack in $only; do
    row= made=0
    for scheme in http https; do
        : >"$work/calm"
        : >"$work/attacked"
        for _ in $(seq "$rounds"); do
            echo "$(p99 "$scheme")" >>"$work/calm"
            attacked "$attack" "$scheme" >"$work/under"
            echo "$(cat "$work/under")" >>"$work/attacked"
            made=$((made + $(cat "$work/attacker.out")))
        done
        calm=$(median <"$work/calm") under=$(median <"$work/attacked")
        ratio=$(awk -v calm="$calm" -v under="$under" 'BEGIN { printf "%.2f", (calm > 0) ? under / calm : 999 }')
        row+=" $calm | $under | $ratio |"
        worst=$(awk -v a="$worst" -v b="$ratio" 'BEGIN { print((a > b) ? a : b) }')
    done
    say '| %s | %s |%s\n' "$attack" "$made" "$row"
done
say '\nThe worst ratio is %s; 3 is the most that is allowed.\n' "$worst"
all_answered
awk -v worst="$worst" 'BEGIN { exit (worst > 3) }'
