#!/usr/bin/env bash
# Runs tests while the agent of spring-core-test records what the starter, and the libraries that it calls, find by
# reflection: classes, members, resources, bundles, proxies, what is serialized. Fails with what of it has no hint, so that
# a native image would lack it. What libraries find of their own is for their hints; the reports list it as theirs.
# Usage: src/native/hints.sh [options of Maven, such as -o, -Dtest=FlyteLoginTests, or -am to build the IDL first]
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$PWD/target/native-hints
# What makes beans and reads annotations is left out, as it looks for most and has hints of its own.
packages=${HINTS_PACKAGES:-+io.flyteconnect,+org.springframework,+io.grpc,+com.google.protobuf,+com.nimbusds,+tools.jackson,+com.google.zxing,-org.springframework.beans.factory,-org.springframework.context,-org.springframework.core.annotation,-org.springframework.core.type}
modules=flyte-connect-test-support,flyte-connect-autoconfigure,flyte-connect-starter,flyte-connect-test,flyte-connect-integration-tests
rm -rf "$folder"
# What a test says is for ./verify to look at.
${MVN:-mvn} -B -ntp test -Pnative-hints -Dstyle.skip=true -Dflyte.hints.folder="$folder" -Dflyte.hints.packages="$packages" \
	-pl "$modules" -Dsurefire.failIfNoSpecifiedTests=false -Dmaven.test.failure.ignore=true "$@"
[ "$(cat "$folder"/*.txt 2>/dev/null | awk '$1 == "recorded" { sum += $2 } END { print sum + 0 }')" -gt 0 ] || {
	echo "Nothing was recorded: see the output of Maven" >&2
	exit 1
}
# Each with the stack that it was first seen in. Beans that tests have written as JSON, and a disk that they have broken, are
# their own.
awk '/^[a-z]+ / { show = $1 == "missing" && !/Tests[$]| by io[.]flyteconnect[.]testsupport[.]/ && !seen[$0]++ } show' "$folder"/*.txt >"$folder/missing"
cat "$folder/missing"
if [ -s "$folder/missing" ]; then
	echo "A native image would lack what is missing: FlyteRuntimeHints has the hints." >&2
	exit 1
fi
echo "Nothing is missing of what $(find "$folder" -name '*.txt' | wc -l) test processes looked for."
