#!/usr/bin/env bash
# Shows where the edge's time goes: drives one kind of work against Frontier on its own core and prints perf's hottest symbols,
# jitted methods by name (the runtime writes a map of them).
#
# Usage: bench/profile/run.sh [-g] [-s SECONDS] [-w SECONDS] [-n SYMBOLS] [-o FILE] [WORK] [SIZE]
#   WORK          http (default), https, h2, pass (misses passed through), connections (TLS, a new one with a full handshake for each request)
#   SIZE          of the answer: 1k (default), 16k, 128k, 1m …
#   -s SECONDS    to record, default 10
#   -w SECONDS    of load before, so that the compiler has done its work, default 30
#   -n SYMBOLS    to print, default 60
#   -g            print callers below each symbol
#   -o FILE       keep perf's record there, for "perf report -i FILE" while the map in /tmp lasts
# Environment: SERVER_CORES=0 GENERATOR_CORES=1 CONNECTIONS=64 STREAMS=32, DOTNET_… as usual
# Needs: dotnet, perf (linux-perf), nginx, wrk, h2load (nghttp2-client), aws (awscli), curl, python3,
#   for connections also cc (gcc) and libssl-dev; installs the Debian packages when it may.
set -euo pipefail
usage() { sed -n '/^# Usage/,/^set/{/^#/!d;s/^# \{0,1\}//p}' "$0"; }
graph=false record=10 warm=30 symbols=60 keep=
[ "${1:-}" != --help ] || { usage; exit; }
while getopts gs:w:n:o:h flag; do
    case $flag in
        g) graph=true ;; s) record=$OPTARG ;; w) warm=$OPTARG ;; n) symbols=$OPTARG ;; o) keep=$OPTARG ;;
        h) usage; exit ;; *) usage >&2; exit 2 ;;
    esac
done
shift $((OPTIND - 1))
kind=${1:-http} size=${2:-1k}
case $kind in http | https | h2 | pass | connections) ;; *) usage >&2; exit 2 ;; esac

here=$(dirname "$0")
. "$here/../rig/rig.sh"
need perf:linux-perf nginx:nginx wrk:wrk h2load:nghttp2-client aws:awscli curl:curl taskset:util-linux pgrep:procps
. "$here/../rig/origin.sh"
. "$here/../rig/frontier.sh"
. "$here/../rig/traffic.sh"

[ "$kind" != connections ] || { need cc:gcc /usr/include/openssl/ssl.h:libssl-dev; build_viewer; }
make_files "$size"
start_origin
frontier_environment=(
    DOTNET_PerfMapEnabled=3 # the map alone; 1 would list the loaded images beside it
    DOTNET_EnableWriteXorExecute=0 # or jitted code lies in a mapped file, where perf does not look for the map
)
start_frontier
create_distribution
pid=${server_pids[frontier]}

plain="http://127.0.0.1:$frontier_http" secure="https://127.0.0.1:$frontier_https"
drive() { # SECONDS
    seconds=$1
    case $kind in
        http) wrk_rate "$plain/$size.bin" ;;
        https) wrk_rate "$secure/$size.bin" ;;
        h2) h2_rate "$secure/$size.bin" ;;
        pass) wrk_rate "$plain/pass/$size.bin" ;;
        connections) viewer_rate new "$secure/$size.bin" "$connections" "$seconds" ;;
    esac
}
drive "$warm" >/dev/null
# The load outlasts the record at both ends.
drive $((record + 2)) >"$work/rate" &
load=$!
sleep 1
calls=()
[ "$graph" = false ] || calls=(--call-graph fp)
perf record -q -F 997 "${calls[@]}" -p "$pid" -o "$work/perf.data" -- sleep "$record" 2>"$work/perf.log" || { cat "$work/perf.log" >&2; exit 1; }
wait "$load"

printf '%s %s: %s requests a second while recorded; %s s on core %s\n\n' "$kind" "$size" "$(cat "$work/rate")" "$record" "$server_cores"
# Names are cut to what tells methods apart, and inlined frames are left out: finding them takes perf minutes.
report() {
    perf report -i "$work/perf.data" --stdio --no-children --no-inline "$@" 2>/dev/null | grep -v '^#' | grep -v '^ *$' |
        sed -E 's/\[JIT\] tid [0-9]+/JIT/; s/\[[A-Z][A-Za-z]*(\.[A-Za-z0-9]+)*\] ?//g; s/(valuetype|class|instance|native|unsigned) //g; s/( +-)* *$//' | cut -c 1-200 || true
}
echo "By library:"
report -g none --percent-limit 0.2 --sort dso | sed -n 1,15p
# Libraries without symbols show as bare addresses: they are counted together.
printf '\nBy symbol:\n'
report -g none --sort dso,symbol | awk '
    $NF ~ /^0x[0-9a-f]+$/ { sub("%", "", $1); bare[$2] += $1; next }
    { print }
    END { for (library in bare) printf "%9.2f%%  %s (no symbols)\n", bare[library], library }' | sort -rn | sed -n "1,${symbols}p"
if [ "$graph" = true ]; then
    printf '\nCallers:\n'
    report --percent-limit 0.4 --max-stack 24 -g caller,2,callee,function,percent --sort symbol
fi
[ -z "$keep" ] || cp "$work/perf.data" "$keep"
[ -n "$keep" ] || rm -f "/tmp/perf-$pid.map"
all_answered
