# Sourced after rig.sh: the load generators, on cores of their own. Each prints requests per second; requests that were not
# answered with 200 leave a line in $work/failed. They ask for $host where it is set, else for localhost.

connections=${CONNECTIONS:-64} streams=${STREAMS:-32} seconds=${SECONDS_EACH:-3}
: >"$work/failed"
generator_threads=$(on_generator nproc)

wrk_rate() { # URL [FURTHER FLAGS…]
    local url=$1
    shift
    { on_generator wrk -t"$generator_threads" -c"$connections" -d"${seconds}s" -H "Host: ${host:-localhost}" "$url" "$@" 2>&1 || true; } | awk -v url="$url" -v failed="$work/failed" '
        /^Requests\/sec:/ { rate = $2 }
        /Non-2xx|Socket errors|unable to connect/ { sub(/^ +/, ""); print url ": " $0 >> failed }
        END { print rate + 0; if (rate + 0 == 0) print url ": wrk got no answer" >> failed }'
}
h2_rate() { # URL
    { on_generator h2load -t"$generator_threads" -c16 -m"$streams" -D"$seconds" -H ":authority: ${host:-localhost}" "$1" 2>&1 || true; } | awk -v url="$1" -v failed="$work/failed" '
        /^finished in/ { rate = $4 }
        /^requests:/ && (/[1-9][0-9]* failed/ || /[1-9][0-9]* errored/) { print url ": " $0 >> failed }
        /^status codes:/ && !/ 0 3xx, 0 4xx, 0 5xx/ { print url ": " $0 >> failed }
        END { print rate + 0; if (rate + 0 == 0) print url ": h2load got no answer" >> failed }'
}

# Fails with a message when any request of any generator failed.
all_answered() {
    [ ! -s "$work/failed" ] && return
    echo "Not every request was answered well:" >&2
    sort "$work/failed" | uniq -c >&2
    return 1
}

# viewer_rate MODE URL FURTHER…: bench/load/viewer.c, see there.
build_viewer() { [ -x "$work/viewer" ] || cc -O2 -o "$work/viewer" "$root/bench/load/viewer.c" -lssl -lcrypto; }
viewer_rate() {
    local mode=$1 url=$2
    shift 2
    on_generator "$work/viewer" "$mode" "$url" "${host:-localhost}" "$@" 2>"$work/viewer.log" || { echo "$url: $(cat "$work/viewer.log")" >>"$work/failed"; echo 0; }
}
