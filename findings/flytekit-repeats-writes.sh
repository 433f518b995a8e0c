#!/usr/bin/env bash
# flytekit 1.16.31 with grpcio 1.85.3 (PyPI), a write whose answer is lost.
#
# A server stores a project, and its answer gets lost (UNAVAILABLE). Seen: RegisterProject is sent four times, without a pause, and
# the caller gets the error of the last repeat: the project that was just made exists already. That error is repeated as well, as is
# each status but DEADLINE_EXCEEDED (PERMISSION_DENIED and INVALID_ARGUMENT are shown), for reads and writes alike.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check flytekit==1.16.31 flyteidl==1.16.8 grpcio==1.85.3 grpcio-status==1.85.3
cat > write.py <<'PY'
import collections
import sys
from concurrent import futures

import grpc
from flytekit.clients.friendly import SynchronousFlyteClient
from flytekit.configuration import PlatformConfig
from flytekit.models.project import Project

calls = collections.Counter()


class Flyte(grpc.GenericRpcHandler):
    """Stores what it is asked to, then fails with the next status."""

    def __init__(self, *statuses):
        self.statuses = statuses

    def service(self, details):
        def answer(request, context):
            number = calls[self] = calls[self] + 1
            context.abort(self.statuses[min(number, len(self.statuses)) - 1], f"answer {number}")

        return grpc.unary_unary_rpc_method_handler(answer)


def register(*statuses):
    flyte = Flyte(*statuses)
    server = grpc.server(futures.ThreadPoolExecutor(2), handlers=[flyte])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    client = SynchronousFlyteClient(PlatformConfig(endpoint=f"127.0.0.1:{port}", insecure=True))
    try:
        client.register_project(Project("demo", "demo", ""))
        error = "none"
    except Exception as failure:
        error = type(failure).__name__
    server.stop(None).wait()
    names = ", then ".join(status.name for status in statuses)
    print(f"{names}: {calls[flyte]} calls of RegisterProject, the caller gets {error}")
    return calls[flyte], error


Code = grpc.StatusCode
same = (
    register(Code.UNAVAILABLE, Code.ALREADY_EXISTS) == (4, "FlyteEntityAlreadyExistsException")
    and register(Code.PERMISSION_DENIED) == (4, "FlyteSystemException")
    and register(Code.INVALID_ARGUMENT) == (4, "FlyteInvalidInputException")
    and register(Code.DEADLINE_EXCEEDED) == (1, "FlyteTimeout")
)
sys.exit(0 if same else "not as seen before")
PY
env -i PATH="$PATH" HOME="$work" GRPC_VERBOSITY=NONE venv/bin/python write.py
