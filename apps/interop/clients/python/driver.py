"""What both Python clients have in common: commands come in as lines of JSON, answers go out as such.

A command is {"do": "list"}, {"do": "call", "name": ..., "arguments": ...} or {"do": "close"}. Its answer is {"result": ...} or
{"error": ...}. While a command runs, {"authorize": URL} asks for a login; the next line is then {"callback": URL}.
"""

import asyncio
import json
import sys


def say(message):
    print(json.dumps(message), flush=True)


async def hear():
    line = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    if not line:
        raise EOFError("nobody gives commands any more")
    return json.loads(line)


def leaf(error):
    """A group of tasks wraps the error that made it fail."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


async def obey(client):
    """Carries out commands on a client until it is told to close."""
    while True:
        command = await hear()
        if command["do"] == "close":
            return
        try:
            if command["do"] == "list":
                say({"result": [tool.name for tool in await list_tools(client)]})
            else:
                result = await call_tool(client, command["name"], command["arguments"])
                say({"result": result.model_dump(mode="json", by_alias=True)})
        except Exception as error:
            say({"error": describe(error)})


async def list_tools(client):
    listed = await client.list_tools()
    return getattr(listed, "tools", listed)


async def call_tool(client, name, arguments):
    # FastMCP's own call_tool hands out what it made of the answer
    call = getattr(client, "call_tool_mcp", client.call_tool)
    return await call(name, arguments)


def describe(error):
    error = leaf(error)
    return f"{type(error).__name__}: {error}"


def run(connect):
    """Runs a client: `connect` gives the context that is connected."""

    async def main():
        try:
            async with connect() as client:
                say({"result": "connected"})
                await obey(client)
        except Exception as error:
            say({"error": describe(error)})

    asyncio.run(main())
