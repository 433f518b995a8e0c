#!/usr/bin/env bash
# Builds what is published twice, in folders, time zones and languages that differ, and fails where the files do. A jar
# holds the permissions of its files as well: both builds need the same umask.
# Usage: src/reproducible/reproducible.sh [options of Maven, such as -o]
set -euo pipefail
cd "$(dirname "$0")/../.."
modules=flyte-connect-starter-v2,flyte-connect-test
work=$(mktemp -d)

# What is in the folder, committed or not, without what a build has left there; of the npm packages of the IDL, what is there already.
copy() {
	mkdir -p "$1"
	git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
		[ ! -e "$file" ] || printf '%s\0' "$file"
	done | tar --null -T - -cf - | tar -xf - -C "$1"
	for idl in flyte-connect-idl flyte-connect-idl2; do
		[ ! -d "$idl/node_modules" ] || cp -Rp "$idl/node_modules" "$1/$idl/"
	done
}

build() {
	(cd "$1" && shift && mvn -B -ntp -q -Ppublish -Dmaven.test.skip=true -Dstyle.skip=true "$@" -pl "$modules" -am package)
}

# The published files of a build, each with its checksum.
published() {
	(cd "$1" && find . -maxdepth 3 -path './flyte-connect-*/target/*' \( -name '*.jar' -o -name 'bom.json' \) ! -path '*-test-support/*' | sort | xargs sha256sum)
}

copy "$work/first"
copy "$work/second/of/two"
(TZ=UTC LC_ALL=C.UTF-8 build "$work/first" "$@")
(TZ=Pacific/Auckland LC_ALL=C build "$work/second/of/two" "$@")
published "$work/first" >"$work/first.txt"
published "$work/second/of/two" >"$work/second.txt"
for module in idl idl2 autoconfigure starter starter-v2 test; do
	grep -q "/flyte-connect-$module-[^/]*[.]jar$" "$work/first.txt" || { echo "There is no jar of flyte-connect-$module: $work" >&2; exit 1; }
done
if ! diff "$work/first.txt" "$work/second.txt"; then
	echo "Two builds differ in the files above: compare them in $work" >&2
	exit 1
fi
echo "Both builds have the same $(wc -l <"$work/first.txt") files:"
cat "$work/first.txt"
rm -rf "$work"
