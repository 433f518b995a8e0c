"""Calls a Flyte 2 with its own SDK, one step for each word on the standard input, and says what came of it.

check.py ENDPOINT PROJECT DOMAIN TASK
"""
import asyncio
import sys

import flyte
import flyte.remote


def say(*words):
    print(*words, flush=True)


async def main(endpoint, project, domain, task):
    await flyte.init.aio(endpoint="dns:///" + endpoint, insecure=True, project=project, domain=domain)
    found = flyte.remote.Task.get(task, project=project, domain=domain, auto_version="latest")
    run = None
    while True:
        step = await asyncio.to_thread(sys.stdin.readline)
        words = step.split()
        if not words:
            return
        if words[0] == "run":
            run = await flyte.run.aio(found, count=int(words[1]))
            say("run", run.name)
        elif words[0] == "wait":
            await run.wait.aio(quiet=True)
            ended = await flyte.remote.Run.get.aio(run.name)
            say("ended", str(ended.phase))
        elif words[0] == "outputs":
            outputs = await run.outputs.aio()
            say("outputs", outputs[0])
        elif words[0] == "abort":
            await run.abort.aio("not needed")
            say("aborted")
        elif words[0] == "list":
            say("runs", *sorted([found.name async for found in flyte.remote.Run.listall.aio()]))


asyncio.run(main(*sys.argv[1:]))
