import { describe, expect, test } from 'vitest';
import { sendJson, type Endpoint, type Misbehaviour } from './misbehaving-issuer.js';
import { expectOutage, expectRecovery, underFault } from './under-fault.js';

const text =
  (status: number, type: string | undefined, body: string | Uint8Array): Misbehaviour =>
  (response) => {
    response.writeHead(status, type === undefined ? {} : { 'content-type': type });
    response.end(body);
  };
const status = (code: number) => text(code, 'application/json', '{"error":"server_error"}');
const json = (body: string | Uint8Array) => text(200, 'application/json', body);

/** What real endpoints have been seen to send in place of a document. */
const wrongAnswers: Readonly<Record<string, Misbehaviour>> = {
  'status 500': status(500),
  'status 429': status(429),
  'status 404': status(404),
  'status 401': status(401),
  'status 304': text(304, undefined, ''),
  'status 206': status(206),
  'no content': text(204, undefined, ''),
  'a login page with status 200': text(
    200,
    'text/html; charset=utf-8',
    '<!doctype html><title>Sign in</title>',
  ),
  'a page that calls itself JSON': json('<!doctype html><title>Sign in</title>'),
  'a document of no type': text(200, undefined, '{"keys":[]}'),
  'a document as plain text': text(200, 'text/plain', '{"keys":[]}'),
  'an empty body': json(''),
  'half a document': json('{"issuer":"http://127.0.0.1","keys":[{"kty":'),
  null: json('null'),
  'a list': json('[]'),
  'a text': json('"keys"'),
  'an empty object': json('{}'),
  'bytes that are no UTF-8': json(Buffer.from('{"issuer":"\u00ff","keys":[]}', 'latin1')),
  'UTF-16': json(Buffer.from('{"keys":[]}', 'utf16le')),
  'a prototype': json('{"__proto__":{"issuer":"x","keys":[],"jwks_uri":"x"}}'),
  'less than it promised': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"keys":[');
    setImmediate(() => response.destroy());
  },
  'a closed connection': (response) => response.destroy(),
  'no HTTP at all': (response) => response.socket?.end('220 mail.example.com ESMTP\r\n\r\n'),
};

describe.each(['metadata', 'keys'] as const)('%s endpoint', (endpoint: Endpoint) => {
  test.each(Object.entries(wrongAnswers))(
    'that answers with %s is at fault, not the client [MCP-2026-07-28-RS-020] [RFC8414-3.2-01]',
    async (_what, misbehave) => {
      const server = await underFault();
      server.issuer.misbehaviour[endpoint] = misbehave;
      const retryAfter = await expectOutage(await server.send(await server.token()));
      expect(server.faults()).toHaveLength(1);
      expect(server.issuer.requests[endpoint]).toBe(1);
      server.issuer.misbehaviour[endpoint] = undefined;
      await expectRecovery(server, retryAfter);
    },
  );

  test.each(Object.entries(wrongAnswers))(
    'that begins to answer with %s takes nobody’s access away [RFC9068-4-07]',
    async (_what, misbehave) => {
      const server = await underFault();
      expect(await server.ask()).toBe(200);
      server.issuer.misbehaviour[endpoint] = misbehave;
      server.clock.advance(3601);
      expect(await server.ask()).toBe(200);
      server.clock.advance(60);
      expect(await server.ask()).toBe(200);
      server.issuer.misbehaviour[endpoint] = undefined;
      server.clock.advance(60);
      expect(await server.ask()).toBe(200);
    },
  );
});

describe('a lying issuer', () => {
  const lies: Readonly<Record<string, (issuer: string) => unknown>> = {
    'another issuer': () => 'https://other.example.com',
    'itself with a slash': (issuer) => `${issuer}/`,
    'itself in capitals': (issuer) => issuer.toUpperCase(),
    'itself under another host': (issuer) => issuer.replace('127.0.0.1', 'localhost'),
    'a list with itself': (issuer) => [issuer],
    'a template': (issuer) => `${issuer}/{tenantid}`,
    null: () => null,
  };

  test.each(Object.entries(lies))(
    'that states %s is not used, its keys are not fetched [RFC8414-3.3-01] [MCP-2026-07-28-MC-004] [RFC8414-4-01]',
    async (_what, lie) => {
      const server = await underFault();
      server.issuer.metadata = { issuer: lie(server.issuer.issuer) };
      const retryAfter = await expectOutage(await server.send(await server.token()));
      expect(server.issuer.requests.keys).toBe(0);
      server.issuer.metadata = {};
      await expectRecovery(server, retryAfter);
    },
  );

  const addresses: Readonly<Record<string, unknown>> = {
    'plain http on a public host': 'http://public.example.com/keys',
    'a local file': 'file:///etc/passwd',
    'a data URL': 'data:application/json,{"keys":[]}',
    'a script': 'javascript:alert(1)',
    'a relative path': '/keys',
    'a number': 5,
    'a list': ['https://public.example.com/keys'],
    null: null,
    nothing: undefined,
    'an empty text': '',
  };

  test.each(Object.entries(addresses))(
    'that publishes its keys at %s costs no further request, and may mend it [RFC8414-2-05] [OAUTH21-1.5-01]',
    async (_what, address) => {
      const server = await underFault();
      server.issuer.metadata = { jwks_uri: address };
      const retryAfter = await expectOutage(await server.send(await server.token()));
      expect(server.asked).toHaveLength(1);
      server.issuer.metadata = {};
      await expectRecovery(server, retryAfter);
    },
  );

  test('that hands out the keys of somebody else gets none of their tokens accepted [RFC8725-3.8-01]', async () => {
    const [server, other] = await Promise.all([underFault(), underFault()]);
    server.issuer.misbehaviour.keys = (response) => sendJson(response, 200, other.issuer.keySet);
    expect(await server.ask(await other.token())).toBe(401);
    expect(await server.ask()).toBe(401);
  });
});
