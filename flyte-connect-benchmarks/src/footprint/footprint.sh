#!/usr/bin/env bash
# What the starter brings to a class path beyond that of Spring Boot's gRPC client starter alone: each jar with its bytes.
# Build first: mvn -pl flyte-connect-benchmarks -am package -DskipTests
set -euo pipefail
cd "$(dirname "$0")/../.."

work=target/footprint
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
rm -rf "$work"
mkdir -p "$work"
"$java" -Djarmode=tools -jar target/flyte-connect-load.jar extract --destination "$work/jars" >/dev/null
mvn -q -f src/startup/pom.xml dependency:build-classpath -Dmdep.outputFile="$PWD/$work/alone" >/dev/null
tr ':' '\n' <"$work/alone" | sed 's,.*/,,' | sort >"$work/known"

# What the load driver needs of its own is not the starter's.
for jar in "$work"/jars/lib/*.jar; do
	name=${jar##*/}
	if ! grep -qxF "$name" "$work/known" &&
		! [[ $name =~ ^(jmh-core|jopt-simple|commons-math3|grpc-inprocess|micrometer-core|HdrHistogram|LatencyUtils|spring-boot-jarmode-tools)- ]]; then
		echo "$(stat -c %s "$jar") $name"
	fi
done | sort -rn | awk '{ print; sum += $1 } END { print sum, "together" }'
