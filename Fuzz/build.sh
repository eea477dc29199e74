#!/bin/sh
# Builds the fuzzer: the sources of Chart and the laws of its tests as one module, with libFuzzer and checks for memory.
set -eu
cd "$(dirname "$0")/.."
out=${1:-.build/fuzz/chart-fuzzer}
mkdir -p "$(dirname "$out")"
# shellcheck disable=SC2046
${SWIFTC:-swiftc} -swift-version 6 -O -parse-as-library -sanitize=fuzzer,address -package-name learnitup \
  -module-name ChartFuzzer -o "$out" $(find Sources/Chart Fuzz -name '*.swift') Tests/ChartTests/Support/ReaderLaws.swift
