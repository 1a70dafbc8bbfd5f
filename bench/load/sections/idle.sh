# What an idle viewer costs: connections that have made one request and stay open.

idle_connections=${IDLE_CONNECTIONS:-10000} settle=${SETTLE_SECONDS:-5}

section_idle() {
    local scheme peer limit
    limit=$(ulimit -n)
    [ "$limit" -gt $((idle_connections + 500)) ] || { echo "The idle section needs a limit of more than $idle_connections open files; it is $limit." >&2; exit 1; }
    title "$idle_connections idle connections" "viewer idle https://…/1k.bin HOST $idle_connections"
    say '| server | scheme | resident before, MiB | with connections, MiB | bytes a connection | kernel, both ends, bytes a connection |\n|---|---|---:|---:|---:|---:|\n'
    for scheme in http https; do
        for peer in nginx frontier; do idle_row "$peer" "$scheme"; done
    done
    say '\nOne run each; resident memory is read %s s after the last connection was opened. Kernel memory is the growth of Slab and\nPageTables of the whole machine, which the sockets of the generator share in.\n' "$settle"
}

idle_row() { # PEER SCHEME
    local url before after kernel_before kernel_after holder
    start_peers "$1"
    url="${urls[$1:$2]}/1k.bin"
    # What the first requests need once and for all is not the connections' cost.
    viewer_rate new "$url" "$connections" "$seconds" >/dev/null
    sleep "$settle"
    before=$(resident_kib "$1") kernel_before=$(kernel_kib)
    mkfifo "$work/hold"
    on_generator "$work/viewer" idle "$url" "${host:-localhost}" "$idle_connections" <"$work/hold" >"$work/idle.out" 2>>"$work/failed" &
    holder=$!
    exec 9>"$work/hold"
    for _ in $(seq 600); do grep -q '^open' "$work/idle.out" && break; kill -0 "$holder" 2>/dev/null || break; sleep 0.1; done
    grep -qx "open $idle_connections" "$work/idle.out" || echo "$url: $(cat "$work/idle.out") of $idle_connections connections" >>"$work/failed"
    sleep "$settle"
    after=$(resident_kib "$1") kernel_after=$(kernel_kib)
    exec 9>&-
    wait "$holder" || true
    grep -qx 'closed 0' "$work/idle.out" || echo "$url: idle connections were lost: $(tail -n 1 "$work/idle.out")" >>"$work/failed"
    rm "$work/hold"
    stop_peers
    awk -v name="${peer_names[$1]}" -v scheme="$2" -v before="$before" -v after="$after" -v kernel=$((kernel_after - kernel_before)) -v count="$idle_connections" \
        'BEGIN { printf "| %s | %s | %.1f | %.1f | %.0f | %.0f |\n", name, scheme, before / 1024, after / 1024, 1024 * (after - before) / count, 1024 * kernel / count }' | tee -a "${table:-/dev/null}"
}

resident_kib() { local pid; for pid in $(processes_of "$1"); do awk '/^VmRSS:/ { print $2 }' "/proc/$pid/status"; done | awk '{ sum += $1 } END { print sum }'; }
kernel_kib() { awk '/^(Slab|PageTables):/ { sum += $2 } END { print sum }' /proc/meminfo; }
