"""The official Python client."""

import json
import sys
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlparse

import httpx2
from mcp.client.auth import OAuthClientProvider
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientMetadata

from driver import hear, run, say

options = json.loads(sys.argv[1])


class MemoryStorage:
    tokens = None
    client_info = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client_info

    async def set_client_info(self, client_info):
        self.client_info = client_info


async def redirect(url):
    say({"authorize": url})


async def callback():
    query = parse_qs(urlparse((await hear())["callback"]).query)
    if "error" in query:
        raise RuntimeError(query["error"][0])
    return AuthorizationCodeResult(
        code=query["code"][0], state=query["state"][0], iss=query.get("iss", [None])[0]
    )


@asynccontextmanager
async def connect():
    provider = OAuthClientProvider(
        server_url=options["resource"],
        client_metadata=OAuthClientMetadata(
            client_name="Python client", redirect_uris=["http://localhost:3030/callback"]
        ),
        storage=MemoryStorage(),
        redirect_handler=redirect,
        callback_handler=callback,
        client_metadata_url=options.get("clientMetadataUrl"),
    )
    async with httpx2.AsyncClient(auth=provider, timeout=30) as http:
        async with Client(streamable_http_client(options["resource"], http_client=http)) as client:
            yield client


run(connect)
