#!/usr/bin/env bash
# flytekit 1.16.31 (PyPI), "insecure" and "insecureSkipVerify" in the words that people use for no.
#
# YAML 1.1 has n for false, and a person who writes it means no. Seen: in a variable and in config.yaml only false, 0, off and no
# are false, in any case; each other word is true. "insecure: n" gives a connection in plaintext, and "insecureSkipVerify: n" one
# that checks no certificate, without a warning. A blank at the end is enough to turn "false" into true.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check flytekit==1.16.31 PyYAML==6.0.4
cat > config.yaml <<'YAML'
admin:
  endpoint: dns:///flyte.example.com
  insecure: n
  insecureSkipVerify: n
YAML
cat > read.py <<'PY'
import os
import sys

from flytekit.configuration import PlatformConfig

seen = {}
for word in ("false", "FALSE", "0", "off", "no", "n", "f", "disabled", "false "):
    os.environ["FLYTE_PLATFORM_INSECURE"] = word
    seen[word] = PlatformConfig.auto(None).insecure
    print(f"FLYTE_PLATFORM_INSECURE={word!r}: insecure is {seen[word]}")
del os.environ["FLYTE_PLATFORM_INSECURE"]
file = PlatformConfig.auto("config.yaml")
print(f"config.yaml with n: insecure is {file.insecure}, insecure_skip_verify is {file.insecure_skip_verify}")
no = [word for word, value in seen.items() if value is False]
same = no == ["false", "FALSE", "0", "off", "no"] and file.insecure is True and file.insecure_skip_verify is True
sys.exit(0 if same else "not as seen before")
PY
env -i PATH="$PATH" HOME="$work" venv/bin/python read.py
