#!/usr/bin/env bash
# What the first call of a fresh process takes, its login included: client credentials and TLS at the fake control plane of
# the neutral bench, each in a process of its own, in turns with the load driver of another build where one is given, or
# without the archive of classes that a run before has left (AppCDS, from Java 25 on an AOT cache).
# Build first: mvn -pl flyte-connect-benchmarks -am package -DskipTests
# Usage: firstcall.sh FOLDER_OF_THE_BENCH [RUNS [JAR_OF_ANOTHER_BUILD | archive]]; JVM_OPTIONS and PROPERTIES are passed on.
set -euo pipefail
bench=$(cd "${1:?the folder of the bench, which has run.sh}" && pwd)
runs=${2:-10}
other=${3:-}
[ -z "$other" ] || [ "$other" = archive ] || other=$(realpath "$other")
cd "$(dirname "$0")/../.."

work=$PWD/target/firstcall
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
rm -rf "$work"
mkdir -p "$work/home"
(cd "$bench" && GOWORK=off go build -o "$work/fakeadmin" ./fakeadmin)
"$work/fakeadmin" -tls both -tls-dir "$work" -ready-file "$work/ready" >"$work/fakeadmin.out" 2>&1 &
trap 'kill %1' EXIT
for _ in $(seq 100); do [ -s "$work/ready" ] && break; sleep 0.1; done
ready() { sed -nE "s/.*\"$1\":\"([^\"]*)\".*/\1/p" "$work/ready"; }

unpack() {
	"$java" -Djarmode=tools -jar "$2" extract --destination "$work/$1/jars"
	# An archive of classes wants a jar.
	"${java%java}jar" --create --file "$work/$1/application.jar" -C target/classes io/flyteconnect/benchmarks/startup
	# What the load driver needs of its own is not the starter's.
	echo "$work/$1/application.jar:$(find "$work/$1/jars/lib" -name '*.jar' | grep -vE '/(jmh-core|jopt-simple|commons-math3|grpc-inprocess|micrometer-core|HdrHistogram|LatencyUtils|spring-boot-jarmode-tools)-' | sort | paste -sd:)" >"$work/$1/path"
}
unpack this target/flyte-connect-load.jar
case $other in
	archive) mkdir "$work/other"; cp "$work/this/path" "$work/other/path" ;;
	?*) unpack other "$other" ;;
esac

# The Flyte file and the variables of whoever runs this take no part.
call() {
	# shellcheck disable=SC2086
	env -i PATH="$PATH" HOME="$work/home" "$java" ${JVM_OPTIONS:-} ${options[$1]:-} -cp "$(cat "$work/$1/path")" \
		io.flyteconnect.benchmarks.startup.FirstCallApplication --flyte.config-file=none --flyte.platform.url="$(ready grpc)" \
		--flyte.platform.ca-cert-file-path="$work/ca.pem" --flyte.credentials.auth-mode=client-credentials \
		--flyte.credentials.client-id="$(ready client_id)" --flyte.credentials.client-secret="$(ready client_secret)" \
		${PROPERTIES:-} >"$work/$1.out" 2>&1 || { cat "$work/$1.out" >&2; exit 1; }
	sed -nE "s/^CALLED /$1 /p" "$work/$1.out"
}

declare -A options
if [ "$other" = archive ]; then
	if "$java" -XX:AOTCacheOutput="$work/probe" -version >"$work/probe.out" 2>&1; then
		options[this]=-XX:AOTCacheOutput=$work/classes.archive
		call this >"$work/training"
		options[this]=-XX:AOTCache=$work/classes.archive
	else
		options[this]=-XX:ArchiveClassesAtExit=$work/classes.archive
		call this >"$work/training"
		options[this]=-XX:SharedArchiveFile=$work/classes.archive
	fi
	ls -l "$work/classes.archive"
fi

for _ in $(seq "$runs"); do
	[ -z "$other" ] || call other
	call this
done | tee "$work/runs"

median() {
	awk -v kind="$1" -v field="$2" '$1 == kind { print $field }' "$work/runs" | sort -n | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'
}
compare() {
	awk -v name="$1" -v this="$(median this "$2")" -v other="$([ -z "$other" ] || median other "$2")" \
		'BEGIN { printf "%s: %.0f ms", name, this; if (other) printf ", the other %.0f ms, ratio %.2f", other, this / other; print "" }'
}
compare "from main to ready" 2
compare "first call" 3
compare "second call" 4
compare "from the begin of the process to the first answer" 5
compare "processor of the first call" 6
compare "processor until its answer" 7
