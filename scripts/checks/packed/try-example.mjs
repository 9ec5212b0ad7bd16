const subject = 'user-of-the-example';

function callTool(resource, token) {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2025-11-25',
  };
  return new Request(resource, {
    method: 'POST',
    headers: token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'whoami' } }),
  });
}

/** Where a page comes from that the check of origins of an example does not let in. */
export const foreignOrigin = 'https://client.example';

/**
 * Pages of any origin may read the metadata (RFC 9728 §3): a client in a browser needs it before its user can log in.
 *
 * @param {(request: Request) => Promise<Response>} send
 * @param {string} metadataUrl
 * @returns {Promise<string[]>} what keeps them out
 */
export async function findForeignReaderProblems(send, metadataUrl) {
  const headers = { origin: foreignOrigin };
  const preflight = { ...headers, 'access-control-request-method': 'GET' };
  const answers = [
    ['the metadata, for a page of another origin', await send(new Request(metadataUrl, { headers }))],
    [
      'the preflight of the metadata',
      await send(new Request(metadataUrl, { method: 'OPTIONS', headers: preflight })),
    ],
  ];
  const problems = [];
  for (const [what, response] of answers) {
    await response.body?.cancel();
    const allowed = response.headers.get('access-control-allow-origin');
    if (!response.ok) problems.push(`${what}: got ${response.status}`);
    else if (allowed !== '*') problems.push(`${what}: Access-Control-Allow-Origin is ${allowed}, not *`);
  }
  return problems;
}

/**
 * The way of a client: turned away with a challenge, pointed to the metadata and from there to the issuer, let in with a
 * token, turned away with the token of a neighbour.
 *
 * @param {import('./run-example.mjs').RunningExample['send']} send
 * @returns {Promise<string[]>} what went another way
 */
export async function findExampleProblems(send, resource, issuer) {
  const problems = [];
  const expectStatus = async (what, response, status) => {
    const body = await response.text();
    if (response.status !== status) {
      problems.push(`${what}: expected ${status}, got ${response.status} ${body.slice(0, 300)}`);
    }
    return body;
  };

  const stranger = await send(callTool(resource));
  await expectStatus('without a token', stranger, 401);
  const challenge = stranger.headers.get('www-authenticate') ?? '';
  const metadataUrl = /resource_metadata="([^"]+)"/.exec(challenge)?.[1];
  if (metadataUrl === undefined) {
    problems.push(`the challenge names no resource_metadata: ${challenge}`);
  } else {
    const document = await expectStatus('the metadata', await send(new Request(metadataUrl)), 200);
    for (const named of [resource, issuer.issuer]) {
      if (!document.includes(JSON.stringify(named))) problems.push(`the metadata does not name ${named}`);
    }
    problems.push(...(await findForeignReaderProblems(send, metadataUrl)));
  }
  const token = issuer.createToken({ audience: resource, subject });
  const answer = await expectStatus('with a token', await send(callTool(resource, token)), 200);
  if (!answer.includes(subject)) problems.push(`the tool does not know the caller: ${answer.slice(0, 300)}`);
  const foreign = issuer.createToken({ audience: 'https://other.example.com/mcp', subject });
  await expectStatus('with a token for another resource', await send(callTool(resource, foreign)), 401);
  return problems;
}
