#!/usr/bin/env bash
# flytekit 1.16.31 (PyPI), client credentials with an answer that has no expires_in.
#
# RFC 6749 section 5.1 recommends expires_in and does not require it. Seen: without it the login ends in KeyError: 'expires_in',
# though in this mode flytekit does nothing with the value but write it to its log, where a word will do as well.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check flytekit==1.16.31
cat > login.py <<'PY'
import http.server
import json
import sys
import threading

from flytekit.clients.auth.authenticator import ClientConfig, ClientConfigStore, ClientCredentialsAuthenticator


class TokenEndpoint(http.server.BaseHTTPRequestHandler):
    answer: dict

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps(self.answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), TokenEndpoint)
threading.Thread(target=server.serve_forever, daemon=True).start()


class Published(ClientConfigStore):
    def get_client_config(self):
        return ClientConfig(
            token_endpoint=f"http://127.0.0.1:{server.server_port}/token",
            authorization_endpoint="",
            redirect_uri="",
            client_id="",
        )


def log_in(**answer):
    TokenEndpoint.answer = answer
    login = ClientCredentialsAuthenticator("flyte.example.com", "service", "secret", Published())
    try:
        login.refresh_credentials()
        seen = f"logged in with {login.get_credentials().access_token}"
    except Exception as failure:
        seen = f"{type(failure).__name__}: {failure}"
    print(f"{json.dumps(answer)}: {seen}")
    return seen


same = (
    log_in(access_token="token-1", token_type="Bearer", expires_in=3600) == "logged in with token-1"
    and log_in(access_token="token-2", token_type="Bearer", expires_in="whatever") == "logged in with token-2"
    and log_in(access_token="token-3", token_type="Bearer") == "KeyError: 'expires_in'"
)
sys.exit(0 if same else "not as seen before")
PY
env -i PATH="$PATH" HOME="$work" venv/bin/python login.py
