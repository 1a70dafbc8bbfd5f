# Hits from the disk: ten times as many objects as the memory tier holds, each as likely as any other. The kernel's page cache is
# emptied before each run where that is allowed; within a run it helps everybody alike.

object_bytes=131072

section_disk() {
    local objects=$((10 * memory_bytes / object_bytes)) object needed
    local seconds=${DISK_SECONDS:-10} before_each=drop_page_cache
    needed=$((4 * 10 * memory_bytes)) # one copy for each server, and as much again to spare
    [ "$(df --output=avail -B1 "$work" | tail -n 1)" -gt "$needed" ] || { echo "The disk section needs $((needed >> 20)) MiB under $work." >&2; exit 1; }
    title "Hits from disk, 128k, uniform over $objects objects, $((memory_bytes >> 20)) MiB of memory" \
        "wrk -t$generator_threads -c$connections -d${seconds}s -s uniform.lua http://… -- $objects SEED"
    # One file under many names: the origin's work, not the caches'.
    mkdir -p "$files/disk"
    head -c "$object_bytes" /dev/urandom >"$files/disk/0.bin"
    for object in $(seq $((objects - 1))); do ln -f "$files/disk/0.bin" "$files/disk/$object.bin"; done
    start_peers nginx trafficserver frontier
    for peer in "${peers[@]}"; do ! installed "$peer" || fill_disk "$peer" "$objects"; done
    rm -f "$work/page-cache" "$work"/*.origin
    rate_head
    row "128k" disk_hits "$objects"
    say '\nThe page cache %s before each run. Share of requests that the origin answered:' "$(cat "$work/page-cache")"
    for peer in "${peers[@]}"; do ! installed "$peer" || say ' %s %.2f %%;' "${peer_names[$peer]}" "$(median "$work/$peer.origin")"; done
    say '\n'
    for peer in "${peers[@]}"; do
        [ ! -s "$work/$peer.origin" ] || awk -v name="${peer_names[$peer]}" '$1 > 5 { exit 1 }' "$work/$peer.origin" ||
            echo "${peer_names[$peer]}: more than 5 % of the requests missed, so this was not a run from disk" >>"$work/failed"
    done
    stop_peers
}

drop_page_cache() {
    sync
    if { echo 3 >/proc/sys/vm/drop_caches; } 2>/dev/null; then echo "was emptied"; else echo "could not be emptied"; fi >"$work/page-cache"
}

# Everything is asked for three times in a row: a cache that writes to disk only what was hit in memory writes it too.
fill_disk() { # PEER OBJECTS
    local object requests=$((3 * $2))
    for object in $(seq 0 $(($2 - 1))); do
        for _ in 1 2 3; do echo "${urls[$1:http]}/disk/$object.bin"; done
    done >"$work/disk.urls"
    on_generator h2load --h1 -c1 -n "$requests" -i "$work/disk.urls" -H ":authority: ${host:-localhost}" >"$work/fill.log" 2>&1
    grep -q "status codes: $requests 2xx" "$work/fill.log" || { echo "${peer_names[$1]} was not filled:" >&2; cat "$work/fill.log" >&2; exit 1; }
}

disk_hits() { # PEER OBJECTS
    local before after rate
    before=$(origin_requests)
    rate=$(wrk_rate "${urls[$1:http]}" -s "$root/bench/load/uniform.lua" -- "$2" "$RANDOM")
    after=$(origin_requests)
    awk -v missed=$((after - before - 1)) -v all="$(awk -v rate="$rate" -v seconds="$seconds" 'BEGIN { print rate * seconds }')" \
        'BEGIN { print (all > 0 ? 100 * missed / all : 100) }' >>"$work/$1.origin"
    echo "$rate"
}
