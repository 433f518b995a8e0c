#!/usr/bin/env bash
# Runs the neutral bench for Flyte clients with the load driver, and fails with each figure that misses its bar. Ratios of
# throughput and what single calls took are printed and no bars here: they need a quiet machine.
# Build first: mvn -pl flyte-connect-benchmarks -am package -DskipTests
# Usage: nightly.sh FOLDER_OF_THE_BENCH [SCENARIO,...]
set -euo pipefail
cd "$(dirname "$0")/../.."

bench=${1:?the folder of the bench, which has run.sh}
only=${2:-coldstart,expiry,revoke,faults,checks}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
driver="$java -jar $PWD/target/flyte-connect-load.jar"
export FLYTE_BENCH_HOME=${FLYTE_BENCH_HOME:-$PWD/target/nightly}

# One with a deadline of a second has no time for a long warm-up, which would be spent a hundred times.
BENCH_CLIENTS="java=$driver --warmup=${WARMUP:-5}" "$bench/run.sh" -only "$only"
src/nightly/bars.js "$(ls -t "$FLYTE_BENCH_HOME"/results/*.jsonl | head -n 1)"
