# Sourced by run.sh: starts the peers of a section, runs interleaved rounds, and prints medians beside each other as rows of a table.

rounds=${ROUNDS:-5} warm=${WARM:-10}
memory_bytes=$(numfmt --from=iec "${MEMORY:-128M}") disk_bytes=$(numfmt --from=iec "${DISK:-4G}")
server_count=$(taskset -c "$server_cores" nproc)
declare -A peer_names=() peer_schemes=() peer_needs=() urls=() # urls by PEER:SCHEME
for peer in nginx varnish trafficserver bare frontier; do . "$root/bench/load/peers/$peer.sh"; done

# Everything that is printed goes into the table's file too.
say() { printf "$@" | tee -a "${table:-/dev/null}"; }

# install_peers: what cannot be installed is left out, and its column says so.
install_peers() {
    local peer pair
    for peer in "${!peer_names[@]}"; do
        for pair in ${peer_needs[$peer]}; do has "$pair" || install_packages "${pair##*:}"; done
    done
    for pair in ${peer_needs[frontier]} ${peer_needs[nginx]}; do has "$pair" || { echo "Missing: ${pair##*:}" >&2; exit 1; }; done
}
installed() { local pair; for pair in ${peer_needs[$1]}; do has "$pair" || return 1; done; }
versions() { local peer; for peer in nginx varnish trafficserver bare; do installed "$peer" && "version_of_$peer"; done | paste -sd, | sed 's/,/, /g'; }

# start_peers PEER…: those of the section, in the order of its columns, Frontier last.
start_peers() {
    peers=("$@") fresh=1
    local peer
    for peer in "${peers[@]}"; do installed "$peer" && "launch_$peer"; done
    for peer in "${peers[@]}"; do ! installed "$peer" || check_answers "$peer"; done
}
stop_peers() {
    local peer
    for peer in "${peers[@]}"; do
        [ "$peer" != varnish ] || land_varnish
        stop_server "$peer"
    done
}

# Every size must arrive from every peer as the origin has it, by every scheme.
check_answers() { # PEER
    local scheme size expected got
    for scheme in ${peer_schemes[$1]}; do
        for size in $all_sizes; do
            if [ "$1" = bare ]; then
                expected=$(bytes_of "$size")
                got=$(fetch "${urls[$1:$scheme]}/$size.bin" | wc -c)
            else
                expected=$(sha256sum <"$files/$size.bin")
                got=$(fetch "${urls[$1:$scheme]}/$size.bin" | sha256sum)
            fi
            [ "$got" = "$expected" ] || { echo "${peer_names[$1]} does not answer /$size.bin by $scheme as the origin does" >&2; exit 1; }
        done
    done
}
fetch() { curl -skf -H "Host: ${host:-localhost}" "$1"; }

# until_cached PEER: waits at most 30 s until the second of two requests is answered without the origin.
until_cached() {
    local before try
    for try in $(seq 300); do
        fetch "${urls[$1:http]}/1k.bin" >/dev/null
        before=$(origin_requests)
        fetch "${urls[$1:http]}/1k.bin" >/dev/null
        [ "$(origin_requests)" -ne $((before + 1)) ] || return 0
        sleep 0.1
    done
    echo "${peer_names[$1]} does not cache" >&2
    exit 1
}

# Seconds of processor time that a server has used, its children and log writer included.
cpu_seconds() { # PEER
    local name pid
    for name in "$1" $([ "$1" != varnish ] || echo varnishncsa); do
        for pid in $(processes_of "$name"); do cat "/proc/$pid/stat" 2>/dev/null || true; done
    done | awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); used += $12 + $13 } END { print used / ticks }'
}


# title TEXT COMMAND: a section's heading and how its load is made.
title() { say '\n## %s\n\n`%s`\n\n' "$1" "$2"; }

# The head of a table of rates: a column for each peer, then Frontier's share of each.
rate_head() {
    local peer head="| work |" line="|---|"
    for peer in "${peers[@]}"; do head="$head ${peer_names[$peer]} |" line="$line---:|"; done
    for peer in "${peers[@]}"; do [ "$peer" = frontier ] || head="$head to ${peer_names[$peer]} |" line="$line---:|"; done
    say '%s\n%s\n' "$head" "$line"
}

before_each=true # what happens before each measured run
# row LABEL FUNCTION ARG…: FUNCTION PEER ARG… generates load and prints a rate. Each peer runs once to warm up, then all take turns.
row() {
    local label=$1 peer round from cpu rate
    shift
    rm -f "$work"/*.rates
    for peer in "${peers[@]}"; do
        installed "$peer" || continue
        warm_up "$peer" "$@"
    done
    for round in $(seq "$rounds"); do
        for peer in "${peers[@]}"; do
            installed "$peer" || continue
            "$before_each"
            from=$(date +%s.%N) cpu=$(cpu_seconds "$peer")
            rate=$(run_load "$peer" "$@")
            awk -v rate="$rate" -v from="$from" -v to="$(date +%s.%N)" -v before="$cpu" -v after="$(cpu_seconds "$peer")" -v cores="$server_count" \
                'BEGIN { print rate, 100 * (after - before) / (to - from) / cores }' >>"$work/$peer.rates"
        done
    done
    rate_row "$label"
}
# Frontier is compiled while it runs, and most of that in a section's first row, so it warms up for longer, and there for longest.
warm_up() { # PEER FUNCTION ARG…
    local seconds=1
    [ "$1" != frontier ] || seconds=$((fresh ? 3 * warm : warm))
    [ "$1" != frontier ] || fresh=0
    run_load "$@" >/dev/null
}
run_load() { local peer=$1 load=$2; shift 2; "$load" "$peer" "$@"; }

# Prints the medians of the last rounds: requests per second, and how much of its cores the server used for them.
rate_row() { # LABEL
    local peer ours cells="" shares=""
    ours=$(median <"$work/frontier.rates")
    for peer in "${peers[@]}"; do
        if [ ! -s "$work/$peer.rates" ]; then
            cells="$cells not installed |"
            shares="$shares |"
            continue
        fi
        cells="$cells $(printf '%.0f (%.0f %%)' "$(median <"$work/$peer.rates")" "$(median 2 <"$work/$peer.rates")") |"
        [ "$peer" = frontier ] || shares="$shares $(awk -v ours="$ours" -v peer="$(median <"$work/$peer.rates")" 'BEGIN { if (peer > 0) printf "%.2f", ours / peer; else printf "-" }') |"
    done
    say '| %s |%s%s\n' "$1" "$cells" "$shares"
}
# The same rounds as processor time for each request. Here a share below 1 is the better one.
cost_row() { # LABEL
    local peer ours cells="" shares=""
    cost() { awk -v rate="$(median <"$work/$1.rates")" -v busy="$(median 2 <"$work/$1.rates")" -v cores="$server_count" 'BEGIN { print (rate > 0 ? busy * cores * 1e4 / rate : 0) }'; }
    ours=$(cost frontier)
    for peer in "${peers[@]}"; do
        cells="$cells $(printf '%.0f' "$(cost "$peer")") |"
        [ "$peer" = frontier ] || shares="$shares $(awk -v ours="$ours" -v peer="$(cost "$peer")" 'BEGIN { if (peer > 0) printf "%.2f", ours / peer; else printf "-" }') |"
    done
    say '| %s |%s%s\n' "$1" "$cells" "$shares"
}
