# Latency under a load that both servers are to bear: half of nginx's peak rate, kept up whatever the server does. h2load's --rps
# counts from when a request was sent, which hides the wait behind a slow one; viewer.c counts from when it was due.

section_latency() {
    local scheme peak rate peer round
    start_peers nginx frontier
    title "Latency at half of nginx's peak, 1k" "viewer paced URL HOST $connections $seconds RATE"
    say '| scheme | server | offered, 1/s | reached, 1/s | p50, µs | p99, µs | p99.9, µs | max, µs |\n|---|---|---:|---:|---:|---:|---:|---:|\n'
    for scheme in http https; do
        for peer in "${peers[@]}"; do warm_up "$peer" plain_hits "$scheme" 1k; done
        rm -f "$work"/*.rates
        for round in $(seq "$rounds"); do plain_hits nginx "$scheme" 1k >>"$work/peak.rates"; done
        peak=$(median "$work/peak.rates")
        rate=$(awk -v peak="$peak" 'BEGIN { printf "%.0f", peak / 2 }')
        for round in $(seq "$rounds"); do
            for peer in "${peers[@]}"; do viewer_rate paced "${urls[$peer:$scheme]}/1k.bin" "$connections" "$seconds" "$rate" >>"$work/$peer.rates"; done
        done
        for peer in "${peers[@]}"; do
            say '| %s | %s | %s | %.0f | %.0f | %.0f | %.0f | %.0f |\n' "$scheme" "${peer_names[$peer]}" "$rate" \
                "$(median "$work/$peer.rates")" "$(median "$work/$peer.rates" 2)" "$(median "$work/$peer.rates" 3)" "$(median "$work/$peer.rates" 4)" "$(median "$work/$peer.rates" 5)"
        done
    done
    stop_peers
}
