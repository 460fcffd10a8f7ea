"""The authorization of PyPI's `mcp`: its HTTP client calls the API, and logs in and refreshes by itself."""

import asyncio
import json
import sys
import time
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2
from mcp.client.auth import OAuthClientProvider
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientMetadata

REDIRECT_URI = "http://127.0.0.1:4180/callback"


async def visit(url):
    """Follows the redirects of a login, up to the redirect URI."""
    async with httpx2.AsyncClient(trust_env=False) as browser:
        for _ in range(20):
            page = await browser.get(url)
            if "location" not in page.headers:
                raise RuntimeError(f"{url} leads nowhere ({page.status_code}): {page.text}")
            url = urljoin(url, page.headers["location"])
            if url.startswith(REDIRECT_URI):
                return url
    raise RuntimeError(f"{url} leads round in circles")


class InMemory:
    """Keeps the tokens and the registration."""

    tokens = client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client):
        self.client = client


async def main(api):
    storage, callback = InMemory(), {}

    async def open_browser(url):
        parameters = parse_qs(urlsplit(await visit(url)).query)
        callback.update({name: parameters[name][0] for name in ("code", "state", "iss")})

    async def wait_for_callback():
        return AuthorizationCodeResult(**callback)

    metadata = OAuthClientMetadata(
        client_name="mcp-python",
        redirect_uris=[REDIRECT_URI],
        token_endpoint_auth_method="client_secret_post",
        scope="read",
    )
    provider = OAuthClientProvider(api, metadata, storage, open_browser, wait_for_callback)
    answers, tokens = [], []
    async with httpx2.AsyncClient(auth=provider, trust_env=False) as http:
        for _ in range(2):
            answer = (await http.get(api)).raise_for_status()
            answers.append(answer.json())
            tokens.append(storage.tokens.access_token)
            # The next request finds the token expired, and refreshes it.
            provider.context.token_expiry_time = time.time() - 1
    client = storage.client
    print(json.dumps({"issuer": client.issuer, "client_id": client.client_id, "answers": answers, "tokens": tokens}))


asyncio.run(main(sys.argv[1]))
