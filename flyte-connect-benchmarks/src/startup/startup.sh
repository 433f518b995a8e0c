#!/usr/bin/env bash
# How long an application takes to start with the starter, beside the same one with the starter of Spring Boot's gRPC
# client alone. Build first: mvn -pl flyte-connect-benchmarks -am package -DskipTests
# Usage: startup.sh [RUNS] [OPTION OF THE JVM...]
set -euo pipefail
cd "$(dirname "$0")/../.."

runs=${1:-10}
shift || true
work=target/startup
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
application=io.flyteconnect.benchmarks.startup.MinimalApplication

rm -rf "$work"
mkdir -p "$work/home" "$work/application/io/flyteconnect/benchmarks"
"$java" -Djarmode=tools -jar target/flyte-connect-load.jar extract --destination "$work/jars"
cp -r target/classes/io/flyteconnect/benchmarks/startup "$work/application/io/flyteconnect/benchmarks/"
mvn -q -f src/startup/pom.xml dependency:build-classpath -Dmdep.outputFile="$PWD/$work/alone"
alone=$work/application:$(cat "$work/alone")
# What the load driver needs of its own is not the starter's.
starter=$work/application:$(find "$work/jars/lib" -name '*.jar' | grep -vE '/(jmh-core|jopt-simple|commons-math3|grpc-inprocess|micrometer-core|HdrHistogram|LatencyUtils|spring-boot-jarmode-tools)-' | sort | paste -sd:)

# The Flyte file and the variables of whoever runs this take no part.
start() {
	local kind=$1 path=$2
	shift 2
	env -i PATH="$PATH" HOME="$PWD/$work/home" "$java" "$@" -cp "$path" $application --flyte.config-file=none >"$work/$kind.out" 2>&1 ||
		{ cat "$work/$kind.out" >&2; exit 1; }
	sed -nE "s/^READY /$kind /p" "$work/$kind.out"
}

for _ in $(seq "$runs"); do
	start alone "$alone" "$@"
	start starter "$starter" "$@"
done | tee "$work/runs"

median() {
	awk -v kind="$1" -v field="$2" '$1 == kind { print $field }' "$work/runs" | sort -n | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'
}

compare() {
	local with without
	with=$(median starter "$2")
	without=$(median alone "$2")
	awk -v name="$1" -v with="$with" -v without="$without" 'BEGIN { printf "%s: %.0f ms with the starter, %.0f ms without, ratio %.2f\n", name, with, without, with / without }'
}

compare "from main to ready" 2
compare "processor, the JVM's own start included" 3
echo "sockets: $(median starter 4) with the starter, $(median alone 4) without"

start classes "$starter" "-Xlog:class+load:file=$work/classes" >"$work/classes.ready"
echo "classes loaded by packages, those of lambdas included:"
awk '{ print $2 }' "$work/classes" | sed 's,/0x.*,,' |
	awk '/^io[.]flyteconnect[.]benchmarks/ { next }
		/^(io[.]flyteconnect|flyteidl)[.]/ { split($0, part, "."); ours++; count[part[1] "." part[2] (part[1] == "io" ? "." part[3] : "")]++; next }
		{ split($0, part, "."); count[part[1] "." part[2]]++ }
		END { for (name in count) print count[name], name; print ours, "ours, and of the IDL" }' | sort -rn | head -n 25
