#!/usr/bin/env bash
# oidc-provider 9.13.3 (npm), an authorization request with a nonce and without the scope openid.
#
# RFC 6749 section 3.1: the server "MUST ignore unrecognized request parameters", and without the scope openid a request is none of
# OpenID Connect, which is where a nonce comes from. Seen: the request is refused (invalid_request, "openid scope must be requested
# when using the nonce parameter"); the same one without the nonce, and the one with openid and a nonce, get on to the login.
set -euo pipefail
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund oidc-provider@9.13.3
cat > provider.mjs <<'JS'
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const server = createServer().listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    scopes: ['openid', 'all'],
    clients: [{
      client_id: 'example',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/callback'],
    }],
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
JS
node provider.mjs > issuer.log 2> provider.log &
server=$!
for _ in $(seq 100); do
	[ -s issuer.log ] && break
	sleep 0.2
done
issuer=$(cat issuer.log)
ask() {
	local address
	address=$(curl -s -o /dev/null -w '%{redirect_url}' -G "$issuer/auth" -d client_id=example -d response_type=code \
		-d state=state-1 -d code_challenge_method=S256 -d code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM \
		--data-urlencode redirect_uri=http://127.0.0.1/callback "$@")
	case $address in
		*/interaction/*) echo login ;;
		*error=*) python3 -c 'import sys, urllib.parse as u; q = u.parse_qs(u.urlsplit(sys.argv[1]).query); print(q["error"][0] + ": " + q["error_description"][0])' "$address" ;;
		*) echo "something else: $address" ;;
	esac
}
without=$(ask -d scope=all)
with=$(ask -d scope=all -d nonce=nonce-1)
openid=$(ask --data-urlencode 'scope=openid all' -d nonce=nonce-1)
printf 'scope all: %s\nscope all, with a nonce: %s\nscope openid all, with a nonce: %s\n' "$without" "$with" "$openid"
[ "$without" = login ] && [ "$openid" = login ] &&
	[ "$with" = 'invalid_request: openid scope must be requested when using the nonce parameter' ] || {
	echo 'not as seen before'
	exit 1
}
