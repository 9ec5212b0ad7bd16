import { describe, expect, test } from 'vitest';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import { fieldsOf, lastCode, retryAfterOf, statusOf } from '../support/protect.js';
import { faultsOf, introspecting, opaque, secret, type Call, type Setup } from './support.js';

async function answerWith(reply: (call: Call) => Response | Promise<Response>, setup: Setup = {}) {
  const all = await introspecting(setup);
  all.endpoint.reply = reply;
  const decision = await all.ask(opaque);
  return { ...all, decision, status: statusOf(decision), faults: faultsOf(all.events) };
}

const json = (body: unknown, status = 200, type = 'application/json') =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': type },
  });

describe('[RFC7662-2.3-01] a failure of the endpoint is no verdict on the token', () => {
  test.each<[string, () => Response, string]>([
    ['500', () => json({}, 500), 'unexpected_status'],
    ['503', () => json({}, 503), 'unexpected_status'],
    ['404', () => json({}, 404), 'unexpected_status'],
    ['429', () => json({}, 429), 'unexpected_status'],
    ['201 with a verdict', () => json({ active: true }, 201), 'unexpected_status'],
    ['500 with a verdict', () => json({ active: false }, 500), 'unexpected_status'],
    ['a page of HTML', () => json('<html>active: true</html>', 200, 'text/html'), 'unexpected_content_type'],
    ['JSON under another type', () => json({ active: true }, 200, 'text/plain'), 'unexpected_content_type'],
    ['no type', () => new Response(new TextEncoder().encode('{"active":true}')), 'unexpected_content_type'],
    ['half a document', () => json('{"active":true'), 'invalid_json'],
    ['nothing', () => json(''), 'invalid_json'],
    [
      'bytes that are no UTF-8',
      () => new Response(new Uint8Array([0xff]), { headers: { 'content-type': 'application/json' } }),
      'invalid_json',
    ],
    ['a list', () => json([{ active: true }]), 'invalid_introspection_response'],
    ['null', () => json('null'), 'invalid_introspection_response'],
    ['true', () => json('true'), 'invalid_introspection_response'],
    ['an error under 200', () => json({ error: 'server_error' }), 'invalid_introspection_response'],
    ['65 KiB', () => json({ active: true, pad: 'x'.repeat(65 * 1024) }), 'response_too_large'],
    [
      'a signed answer that was not asked for',
      () => json('a.b.c', 200, 'application/token-introspection+jwt'),
      'unexpected_content_type',
    ],
  ])('%s', async (_what, reply, code) => {
    const { decision, status, faults, events } = await answerWith(reply);
    expect(status).toBe(503);
    expect(retryAfterOf(decision)).toBeGreaterThanOrEqual(1);
    expect(fieldsOf(decision, 'www-authenticate')).toEqual([]);
    expect(faults).toEqual([code]);
    expect(lastCode(events)).toBe('authorization_server_unavailable');
  });

  test('a connection that fails: the fault names the cause of the system, and nothing of the request', async () => {
    const { status, events } = await answerWith(({ init }) => {
      throw Object.assign(new TypeError(`fetch failed for ${init.body ?? ''}`), {
        cause: Object.assign(new Error(secret), { code: 'ECONNREFUSED' }),
      });
    });
    expect(status).toBe(503);
    const fault = events.find((event) => event.type === 'fault')!;
    expect(fault.error.message).toBe('https://as.example.com/introspect could not be reached (ECONNREFUSED)');
    expect(fault.error.cause).toBeUndefined();
  });

  test.each([301, 302, 303, 307, 308])(
    '[RFC7662-4-03] a redirect is not followed, not even within the origin: %s',
    async (status) => {
      const headers = { location: 'https://as.example.com/elsewhere' };
      const result = await answerWith(() => new Response(null, { status, headers }));
      expect(result.status).toBe(503);
      expect(result.faults).toEqual(['redirect_refused']);
      // One about the token, one about a made-up one
      expect(result.endpoint.calls.map(({ url }) => url)).toEqual(
        Array(2).fill('https://as.example.com/introspect'),
      );
      expect(result.endpoint.calls[0]?.init.redirect).toBe('manual');
    },
  );

  test('an endpoint that never answers is given up after timeoutMs, body included', async () => {
    const stalled = await answerWith(() => new Promise<Response>(() => undefined), {
      introspection: { timeoutMs: 20 },
    });
    expect([stalled.status, stalled.faults]).toEqual([503, ['request_timeout']]);
    const dripping = await answerWith(
      () =>
        new Response(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array([0x7b])) }), {
          headers: { 'content-type': 'application/json' },
        }),
      { introspection: { timeoutMs: 20 } },
    );
    expect([dripping.status, dripping.faults]).toEqual([503, ['request_timeout']]);
  });
});

describe('[RFC7662-2.3-01] credentials that the endpoint refuses are ours to mend', () => {
  test.each([
    [401, { error: 'invalid_client' }],
    [401, {}],
    [403, {}],
    [400, { error: 'invalid_client' }],
    [400, { error: 'unauthorized_client' }],
  ])('%s %j', async (status, body) => {
    const result = await answerWith(() => json(body, status));
    expect(result.status).toBe(503);
    expect(result.faults).toEqual(['introspection_unauthorized']);
    const fault = result.events.find((event) => event.type === 'fault')!;
    expect(fault.error.message).toContain('"resource server"');
    expect(fault.error.message).toContain('introspection.clientAuthentication, method client_secret_basic');
    expect(JSON.stringify(result.events)).not.toContain(secret);
  });

  test('behind a page of any size', async () => {
    const { status, faults } = await answerWith(() => json('x'.repeat(100_000), 401, 'text/html'));
    expect([status, faults]).toEqual([503, ['introspection_unauthorized']]);
  });

  test('what the endpoint writes about it is not repeated', async () => {
    const { events } = await answerWith(({ form }) =>
      json({ error: form.get('token'), error_description: form.get('token') }, 401),
    );
    expect(JSON.stringify(events)).not.toContain(opaque);
  });
});

describe('a request that the endpoint refuses', () => {
  test('a kind of token it does not know is one it does not vouch for', async () => {
    const { status, faults, events } = await answerWith(() => json({ error: 'unsupported_token_type' }, 400));
    expect([status, faults, lastCode(events)]).toEqual([401, [], 'inactive_token']);
  });

  test.each([400, 413, 414, 431])(
    '[RFC7662-2.3-01] %s concerns this request only: others go on being asked',
    async (status) => {
      const { ask, endpoint, events } = await introspecting();
      endpoint.answers.set('hostile', () => json({ error: 'invalid_request' }, status));
      for (let count = 0; count < 100; count++) expect(statusOf(await ask('hostile'))).toBe(503);
      expect(statusOf(await ask(opaque))).toBe(200);
      expect(faultsOf(events)).toEqual(Array(3).fill('introspection_refused'));
    },
  );
});

describe('an endpoint that is not known', () => {
  test('[RFC7662-2.3-01] metadata without introspection_endpoint: 503, and a fault that says what to give', async () => {
    const { issuer, ask, events, server } = await introspecting();
    delete issuer.metadata.introspection_endpoint;
    expect(statusOf(await ask(opaque))).toBe(503);
    expect(statusOf(await ask(opaque))).toBe(503);
    const faults = events.filter((event) => event.type === 'fault');
    expect(faults[0]?.error.code).toBe('missing_introspection_endpoint');
    expect(faults[0]?.error.message).toContain('introspection.endpoint');
    await expect(server.ready()).rejects.toBeInstanceOf(MCPAuthAuthServerError);
  });

  test.each(['http://as.example.com/introspect', 'http://127.0.0.1/introspect'])(
    '[RFC7662-4-03] metadata that names an endpoint without TLS: %s',
    async (url) => {
      const { issuer, ask, endpoint, events } = await introspecting();
      issuer.metadata.introspection_endpoint = url;
      expect(statusOf(await ask(opaque))).toBe(503);
      expect(endpoint.calls).toEqual([]);
      expect(faultsOf(events)).toEqual(['insecure_url']);
    },
  );

  test('metadata that cannot be fetched: 503 until it can', async () => {
    const { issuer, ask, clock } = await introspecting();
    issuer.down = true;
    expect(statusOf(await ask(opaque))).toBe(503);
    issuer.down = false;
    clock.advance(2);
    expect(statusOf(await ask(opaque))).toBe(200);
  });

  test('metadata without keys is no fault where tokens are asked about', async () => {
    const { issuer, ask, server } = await introspecting();
    delete issuer.metadata.jwks_uri;
    await server.ready();
    expect(statusOf(await ask(opaque))).toBe(200);
  });

  test('an endpoint that is given needs no discovery', async () => {
    const { issuer, ask } = await introspecting({
      introspection: { endpoint: 'https://as.example.com/introspect' },
    });
    expect(statusOf(await ask(opaque))).toBe(200);
    expect(issuer.metadataRequests).toBe(0);
  });
});
