#!/bin/sh
# search.sh PROGRAM CORPUS DICTIONARY FOUND: lets a fuzz target search for RAADSPOST_FUZZ_SECONDS (60) for an input that it
# cannot bear; such a one is then FOUND-*. What it learns is kept in the folder FOUND, from which the next search goes on, and
# what it says in FOUND.log. It takes what others leave of the processors.
seconds=${RAADSPOST_FUZZ_SECONDS:-60} program=$1 corpus=$2 dictionary=$3 found=$4
mkdir -p "$found"
set -- -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=60 -artifact_prefix="$found-"
[ ! -f "$dictionary" ] || set -- "$@" -dict="$dictionary"
if ! nice -n 19 "$program" "$@" "$found" "$corpus" >"$found.log" 2>&1; then
    tail -n 60 "$found.log"
    echo "$(basename "$found") found an input that it cannot bear: $found-*"
    exit 1
fi
