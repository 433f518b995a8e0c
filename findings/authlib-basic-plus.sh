#!/usr/bin/env bash
# Authlib 1.9.10 (PyPI), the part of an authorization server that reads a client's Basic credentials.
#
# RFC 6749 section 2.3.1 has client id and secret encoded as a form before they go into Basic, where a blank is a plus sign.
# Seen: Authlib decodes percent signs only. The secret "a b" is understood as a%20b and refused as a+b, which it takes for a
# plus sign; a real plus sign comes as %2B. So %20 is the one way that a server of either kind understands.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check authlib==1.9.10
seen=$("$work/venv/bin/python" - <<'PYTHON'
import base64
from importlib.metadata import version

from authlib.oauth2.rfc6749.util import extract_basic_authorization

print("authlib", version("authlib"))
for sent in ["a%20b", "a+b", "a%2Bb"]:
    header = "Basic " + base64.b64encode(f"client:{sent}".encode()).decode()
    print(sent, "is", repr(extract_basic_authorization({"Authorization": header})[1]))
PYTHON
)
echo "$seen"
[ "$seen" = "authlib 1.9.10
a%20b is 'a b'
a+b is 'a+b'
a%2Bb is 'a+b'" ] || { echo "This has changed." >&2; exit 1; }
