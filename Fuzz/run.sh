#!/bin/sh
# Fuzzes each reader for some seconds (60 unless told): run.sh [SECONDS] [READER...]
# New inputs go to .build/fuzz/READER; the small seeds of Fuzz/Seeds are read, not changed. Exits 1 on a finding.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- ssc sm ucs dwi ksf
fuzzer=.build/fuzz/chart-fuzzer
Fuzz/build.sh "$fuzzer"
for reader in "$@"; do
  dictionary=Fuzz/simfile.dict
  [ "$reader" = ucs ] && dictionary=Fuzz/ucs.dict
  mkdir -p ".build/fuzz/$reader" "Fuzz/Seeds/$reader"
  echo "fuzzing the reader of .$reader for $seconds s"
  FUZZ_READER=$reader "$fuzzer" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
    -dict="$dictionary" -artifact_prefix=".build/fuzz/$reader-" -print_final_stats=1 -verbosity=0 \
    ".build/fuzz/$reader" "Fuzz/Seeds/$reader"
done
