"""The client of FastMCP, which listens for the user's return itself."""

import json
import sys
import webbrowser

from fastmcp import Client
from fastmcp.client.auth import OAuth

from driver import run, say

options = json.loads(sys.argv[1])

# In place of the browser it opens
webbrowser.open = lambda url, *_args: say({"authorize": url})

run(
    lambda: Client(
        options["resource"],
        auth=OAuth(
            scopes=options.get("scope"),
            client_metadata_url=options.get("clientMetadataUrl"),
            callback_timeout=20,
        ),
    )
)
