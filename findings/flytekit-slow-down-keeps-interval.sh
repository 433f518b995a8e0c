#!/usr/bin/env bash
# flytekit 1.16.31 (PyPI), the device flow with a server that answers slow_down.
#
# RFC 8628 section 3.5: after slow_down the interval "MUST be increased by 5 seconds for this and all subsequent requests". Seen:
# flytekit takes it for authorization_pending and asks again after the old interval, one second here, each time.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check flytekit==1.16.31
cat > device.py <<'PY'
import http.server
import json
import sys
import threading
import time

from flytekit.clients.auth.token_client import DeviceCodeResponse, poll_token_endpoint

asked = []


class TokenEndpoint(http.server.BaseHTTPRequestHandler):
    """Answers slow_down twice, then a token."""

    def do_POST(self):
        asked.append(time.monotonic())
        self.rfile.read(int(self.headers["Content-Length"]))
        granted = len(asked) > 2
        answer = {"access_token": "token-1", "token_type": "Bearer", "expires_in": 60} if granted else {"error": "slow_down"}
        body = json.dumps(answer).encode()
        self.send_response(200 if granted else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), TokenEndpoint)
threading.Thread(target=server.serve_forever, daemon=True).start()
device = DeviceCodeResponse("device-1", "ABCD-EFGH", "https://login.example.com/device", expires_in=120, interval=1)
poll_token_endpoint(device, f"http://127.0.0.1:{server.server_port}/token", "client")
pauses = [later - earlier for earlier, later in zip(asked, asked[1:])]
print("seconds between the requests, each after a slow_down:", ", ".join(f"{pause:.1f}" for pause in pauses))
same = len(pauses) == 2 and all(pause < 5 for pause in pauses)
sys.exit(0 if same else "not as seen before")
PY
env -i PATH="$PATH" HOME="$work" venv/bin/python device.py
