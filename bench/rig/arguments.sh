# Sourced before rig.sh by scripts that measure parts of a whole: [--only PART,…] [FILE]. Takes what a part is called, a usage
# function and $all, the parts there are; sets $only, those asked for, and $table, the file's whole path or nothing.

read_arguments() { # KIND ARGUMENT…
    local kind=$1 part
    shift
    only=$all table=
    while [ $# -gt 0 ]; do
        case $1 in
            --help | -h) usage; exit ;;
            --only) only=${2:-}; [ $# -eq 1 ] || shift ;;
            --only=*) only=${1#*=} ;;
            -*) usage >&2; exit 2 ;;
            *) [ -z "$table" ] || { usage >&2; exit 2; }; table=$1 ;;
        esac
        shift
    done
    only=${only//,/ }
    [ -n "$only" ] || { usage >&2; exit 2; }
    for part in $only; do
        case " $all " in *" $part "*) ;; *) echo "There is no $kind \"$part\"; there are: $all" >&2; exit 2 ;; esac
    done
    [ -z "$table" ] || { : >"$table" && table=$(realpath "$table"); }
}
