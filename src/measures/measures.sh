#!/usr/bin/env bash
# Prints how large the classes and rooms of the main code are, and fails where a bar is missed.
# Usage: src/measures/measures.sh [module]
set -euo pipefail
cd "$(dirname "$0")/../.."
module=${1:-flyte-connect-autoconfigure}
classes=$(find "$module/src/main/java" -name '*.java' ! -name package-info.java)

# A licence header, if there is one, counts for nothing.
lines() {
	sed '1{/^\/\*$/,/\*\//d}' "$1" | wc -l
}

sizes=$(while read -r file; do echo "$(lines "$file") ${file#"$module/src/main/java/"}"; done <<<"$classes" | sort -n)
count=$(wc -l <<<"$sizes")
nth() {
	awk -v n="$1" 'NR == n { print $1 }' <<<"$sizes"
}
median=$(nth $(((count + 1) / 2)))
p90=$(nth $((count * 9 / 10)))
total=$(awk '{ sum += $1 } END { print sum }' <<<"$sizes")
public=$(grep -lE '^public ' $classes | grep -vc '/internal/' || true)
rooms=$(awk '{ sub("/[^/]*$", "", $2); print $2 }' <<<"$sizes" | sort | uniq -c | sort -rn)

echo "$module: $count types, $total lines of main code"
echo "median $median (bar 55), 90 % have at most $p90 (bar 150), largest $(tail -n 1 <<<"$sizes") (bar 250, properties 300)"
echo "public types outside internal: $public"
echo "largest rooms (bar 15 types):"
head -n 5 <<<"$rooms"

missed=0
[ "$median" -le 55 ] || missed=1
[ "$p90" -le 150 ] || missed=1
awk '$1 > 300 || ($1 > 250 && $2 !~ /(Properties|Settings)\.java$/) { print "larger than its bar: " $0; bad = 1 } END { exit bad }' <<<"$sizes" || missed=1
awk '$1 > 15 { print "more types than its bar: " $0; bad = 1 } END { exit bad }' <<<"$rooms" || missed=1
exit "$missed"
