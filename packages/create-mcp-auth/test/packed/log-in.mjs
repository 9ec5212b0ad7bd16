import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';

/** Nobody listens there: the user agent stops at this address. */
const redirectUrl = 'http://127.0.0.1:4199/callback';

/** What the official client remembers between a login and its calls. */
function createSession() {
  const kept = {};
  const keep = (name) => (value) => void (kept[name] = value);
  const read = (name) => () => kept[name];
  return {
    kept,
    redirectUrl,
    clientMetadata: {
      client_name: 'Test of a project',
      application_type: 'native',
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    clientInformation: read('client'),
    saveClientInformation: keep('client'),
    tokens: read('tokens'),
    saveTokens: keep('tokens'),
    discoveryState: read('discovery'),
    saveDiscoveryState: keep('discovery'),
    codeVerifier: read('verifier'),
    saveCodeVerifier: keep('verifier'),
    redirectToAuthorization: keep('url'),
  };
}

/** The smallest browser: keeps cookies, follows redirects, and allows what a page asks for. Returns the query it comes back with. */
async function approve(start) {
  const cookies = new Map();
  let [url, form] = [start, undefined];
  for (let count = 0; count < 12; count++) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
        ...(form && { origin: new URL(url).origin }),
      },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const page = await response.text();
    const target = location ?? /<form[^>]*\saction="([^"]+)"/.exec(page)?.[1];
    assert.ok(target, `the user was left at ${url} (status ${response.status}): ${page.slice(0, 300)}`);
    url = new URL(target.replaceAll('&amp;', '&'), url);
    if (url.href.startsWith(redirectUrl)) return url.searchParams;
    form = location === null ? readForm(page) : undefined;
  }
  throw new Error('the user was redirected without end');
}

/** What is hidden, what is chosen already, and the button that allows. */
function readForm(page) {
  const fields = [...page.matchAll(/<input\b[^>]*>/g)].flatMap(([input]) => {
    const read = (name) => new RegExp(`\\s${name}="([^"]*)"`).exec(input)?.[1];
    const isSent = read('type') === 'hidden' || /\schecked\b/.test(input);
    return isSent ? [[read('name'), read('value')]] : [];
  });
  return new URLSearchParams([...fields, ['decision', 'allow']]);
}

/**
 * What a person does with a new project: calls it without a token, logs in, lists notes, adds one, which takes another consent, and finds
 * it in the list. By the official client.
 *
 * @param {string} resource
 * @returns {Promise<string[]>} the scopes that were granted at the first and at the second login
 */
export async function useProject(resource) {
  const session = createSession();
  const open = () => new StreamableHTTPClientTransport(new URL(resource), { authProvider: session });
  const create = () =>
    new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  const logIn = async (transport) => transport.finishAuth(await approve(session.kept.url));
  const text = ({ content, isError }) => {
    assert.ok(!isError, JSON.stringify(content));
    return content.map((part) => part.text).join('\n');
  };

  const first = open();
  await assert.rejects(create().connect(first), UnauthorizedError);
  await logIn(first);
  const granted = [session.kept.tokens.scope];

  const [client, transport] = [create(), open()];
  await client.connect(transport);
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name).sort(), ['add-note', 'list-notes']);
  assert.equal(text(await client.callTool({ name: 'list-notes', arguments: {} })), '');

  const add = () => client.callTool({ name: 'add-note', arguments: { text: 'Buy milk' } });
  await assert.rejects(add(), UnauthorizedError);
  await logIn(transport);
  granted.push(session.kept.tokens.scope);
  await add().then(text);
  assert.equal(text(await client.callTool({ name: 'list-notes', arguments: {} })), 'Buy milk');
  await client.close();
  return granted.map((scope) =>
    scope
      .split(' ')
      .filter((name) => name.startsWith('notes:'))
      .sort()
      .join(' '),
  );
}
