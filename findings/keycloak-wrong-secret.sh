#!/usr/bin/env bash
# Keycloak 26.7.3 (Maven Central), client credentials with a wrong secret and with a client that does not exist.
#
# RFC 6749 section 5.2 has invalid_client for a client whose authentication failed, and unauthorized_client for one that may not
# use the grant type. Seen: Keycloak answers a wrong secret with 401 unauthorized_client, and a client that does not exist with
# 401 invalid_client. A client that tries a rotated secret again only after invalid_client goes on with the old one.
set -euo pipefail
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"
mvn -q -B dependency:copy -Dartifact=org.keycloak:keycloak-quarkus-dist:26.7.3:zip -DoutputDirectory=.
python3 -m zipfile -e keycloak-quarkus-dist-26.7.3.zip .
mkdir -p keycloak-26.7.3/data/import
cat > keycloak-26.7.3/data/import/example-realm.json <<'JSON'
{"realm": "example", "enabled": true, "sslRequired": "none", "clients": [
  {"clientId": "service", "secret": "right", "serviceAccountsEnabled": true, "standardFlowEnabled": false}]}
JSON
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
management=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
sh keycloak-26.7.3/bin/kc.sh start-dev --db=dev-mem --http-host=127.0.0.1 --http-port="$port" \
	--http-management-port="$management" --import-realm > keycloak.log 2>&1 &
server=$!
realm=http://127.0.0.1:$port/realms/example
for _ in $(seq 180); do
	curl -sf "$realm" > /dev/null && break
	sleep 1
done
ask() {
	curl -s -u "$1" -d grant_type=client_credentials -w ' %{http_code}' "$realm/protocol/openid-connect/token" |
		sed -E 's/.*"error":"([a-z_]+)".* ([0-9]+)$/\2 \1/; s/.*"access_token".* ([0-9]+)$/\1 token/'
}
seen="right secret: $(ask service:right)
wrong secret: $(ask service:wrong)
no such client: $(ask nobody:right)"
echo "Keycloak 26.7.3
$seen"
[ "$seen" = "right secret: 200 token
wrong secret: 401 unauthorized_client
no such client: 401 invalid_client" ] || { echo "This has changed." >&2; exit 1; }
