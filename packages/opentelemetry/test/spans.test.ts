import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context, type HrTime, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instrument, instrumentOperations } from './support/instrumented.js';
import type { Recorder } from './support/recorder.js';

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
});
afterAll(() => context.disable());

/** As the instrumentation of an HTTP server does. */
async function serve<T>({ tracerProvider }: Recorder, name: string, handle: () => Promise<T>): Promise<T> {
  const span = tracerProvider.getTracer('http').startSpan(name, { kind: SpanKind.SERVER });
  return context.with(trace.setSpan(context.active(), span), async () => {
    try {
      return await handle();
    } finally {
      span.end();
    }
  });
}

const toMs = ([seconds, nanoseconds]: HrTime) => seconds * 1000 + nanoseconds / 1e6;

describe('spans', () => {
  test('of verification, discovery and keys belong to the request that caused them', async () => {
    const { ask, issuer, recorder } = await instrument();
    const token = await issuer.sign();
    await serve(recorder, 'first', () => ask(token));
    await serve(recorder, 'second', () => ask(token));
    const first = recorder.span('first').spanContext();
    for (const [name, kind] of [
      ['mcp_auth.discover', SpanKind.CLIENT],
      ['mcp_auth.fetch_keys', SpanKind.CLIENT],
      ['mcp_auth.verify', SpanKind.INTERNAL],
    ] as const) {
      const span = recorder.span(name);
      expect(span.kind).toBe(kind);
      expect(span.parentSpanContext?.spanId).toBe(first.spanId);
      expect(span.spanContext().traceId).toBe(first.traceId);
      expect(span.attributes).toMatchObject({ 'mcp_auth.issuer': issuer.issuer });
      expect(span.status.code).toBe(SpanStatusCode.UNSET);
    }
    expect(recorder.span('second').attributes).toEqual({
      'mcp_auth.outcome': 'allow',
      'mcp_auth.route': '/mcp',
      'mcp_auth.cache': 'remembered',
      'mcp_auth.issuer': issuer.issuer,
    });
  });

  test('begin and end when what they are about did', async () => {
    const { ask, issuer, recorder } = await instrument();
    const token = await issuer.sign();
    const before = Date.now();
    await ask(token);
    const after = Date.now();
    for (const name of ['mcp_auth.discover', 'mcp_auth.fetch_keys', 'mcp_auth.verify']) {
      const { startTime, endTime } = recorder.span(name);
      expect(toMs(startTime)).toBeGreaterThanOrEqual(before);
      expect(toMs(endTime)).toBeGreaterThanOrEqual(toMs(startTime));
      // The two clocks of a platform may differ by a tick
      expect(toMs(endTime)).toBeLessThanOrEqual(after + 50);
    }
  });

  test('what the owner has to look at is an error, what a client has done is none', async () => {
    const { ask, issuer, recorder } = await instrument();
    issuer.down = true;
    await ask(await issuer.sign());
    expect(recorder.span('mcp_auth.discover')).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'request_failed' },
    });
    expect(recorder.span('mcp_auth.verify')).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'authorization_server_unavailable' },
    });
    const denied = await instrument();
    await denied.ask(await denied.issuer.sign({ aud: 'elsewhere' }));
    const span = denied.recorder.span('mcp_auth.verify');
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(span.attributes).toMatchObject({ 'mcp_auth.outcome': 'deny', 'mcp_auth.code': 'wrong_audience' });
  });

  test('of computed rules name the method and the tool, as the conventions for MCP do', async () => {
    const { call, recorder } = await instrumentOperations({ tools: { '*': async () => [] } });
    await serve(recorder, 'POST /mcp', () => call('tools/call', { name: 'whoami' }));
    const named = { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'whoami' };
    const request = recorder.span('POST /mcp');
    expect(request.attributes).toMatchObject(named);
    expect(recorder.span('mcp_auth.policy').attributes).toMatchObject(named);
    expect(recorder.span('mcp_auth.policy').parentSpanContext?.spanId).toBe(request.spanContext().spanId);
  });

  test('of introspection', async () => {
    const { ask, issuer, recorder } = await instrument({
      mode: 'introspection',
      servers: ({ issuer: id }) => [
        {
          issuer: id,
          type: 'oauth',
          introspection: {
            clientAuthentication: {
              method: 'client_secret_basic',
              clientId: 'rs',
              clientSecret: 'long-secret',
            },
          },
        },
      ],
    });
    issuer.metadata['introspection_endpoint'] = `${issuer.issuer}/introspect`;
    issuer.overrides.set('/introspect', () => Response.json({ active: false }));
    await serve(recorder, 'POST /mcp', () => ask('opaque-token'));
    expect(recorder.span('mcp_auth.introspect')).toMatchObject({
      kind: SpanKind.CLIENT,
      attributes: { 'mcp_auth.issuer': issuer.issuer },
      parentSpanContext: { spanId: recorder.span('POST /mcp').spanContext().spanId },
    });
  });

  test('hold no subject, no client and no token', async () => {
    const { ask, issuer, recorder } = await instrument();
    const token = await issuer.sign({ sub: 'alice', client_id: 'claude-desktop', jti: 'id-17' });
    await serve(recorder, 'POST /mcp', () => ask(token));
    const text = JSON.stringify(
      recorder.spans.map(({ name, attributes, events }) => [name, attributes, events]),
    );
    for (const secret of ['alice', 'claude-desktop', 'id-17', ...token.split('.')])
      expect(text).not.toContain(secret);
  });
});
