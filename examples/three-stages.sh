#!/bin/sh
# A workload of three stages for the meter: generate data, compress it, verify the archive.
#   turngreen measure -- examples/three-stages.sh [MEGABYTES]
# Needs nothing but a POSIX system with gzip. The scratch folder (TMPDIR, or /tmp) is removed at the end.
set -eu

megabytes=${1:-200}
case $megabytes in
  '' | *[!0-9]* | 0*)
    echo "three-stages.sh: the size must be a whole number of megabytes, not '$megabytes'" >&2
    exit 2
    ;;
esac

. "$(dirname "$0")/../clients/turngreen_run.sh"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Half text that compresses well, half noise that does not compress at all: as mixed as real data.
turngreen_begin generate
half=$((megabytes * 500000))
seq 1 100000000 | head -c "$half" >"$scratch/data"
head -c "$half" /dev/urandom >>"$scratch/data"
turngreen_end generate

turngreen_begin compress
gzip -4 -c "$scratch/data" >"$scratch/data.gz"
turngreen_end compress

turngreen_begin verify
gzip -dc "$scratch/data.gz" | cmp - "$scratch/data"
turngreen_end verify

before=$(wc -c <"$scratch/data")
after=$(wc -c <"$scratch/data.gz")
turngreen_metric compressed_percent "$((100 * after / before))"
echo "$megabytes MB compressed to $((100 * after / before)) %, and verified"
