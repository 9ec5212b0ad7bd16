import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { context, SpanKind, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { RequestHandler } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { obtain } from '../servers/lib/obtain.js';
import type { ServerProcess } from '../servers/lib/server-process.js';
import { waitFor } from '../servers/lib/wait-for.js';
import { buildCollector, collectorVersion } from './build-collector.js';
import { readOutput, toAttributes, type WrittenSpan } from './collector-output.js';
import {
  issuer,
  issuerThatFails,
  namedTool,
  type ObservedServer,
  startObservedServer,
} from './observed-server.js';
import { startCollector } from './start-collector.js';

const page = fileURLToPath(new URL('../../../docs/guide/opentelemetry.md', import.meta.url));
const name = `OpenTelemetry Collector ${collectorVersion}`;
const found = await obtain(name, buildCollector);

/** In OTLP, numbers of kinds are one more than in the API: 0 is none. */
const kinds = { internal: SpanKind.INTERNAL + 1, server: SpanKind.SERVER + 1, client: SpanKind.CLIENT + 1 };
const statusError = 2;

describe.skipIf(found.reason !== undefined)(found.reason ?? name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-collector-'));
  const [file, log] = [join(folder, 'otlp.jsonl'), join(folder, 'collector.log')];
  const sent: string[] = [];
  let collector: ServerProcess | undefined;
  let server: ObservedServer | undefined;

  const spansNamed = (wanted: string) => readOutput(file).spans.filter((span) => span.name === wanted);
  /** Those of one request, which is known by its place in the order of all. */
  const spansOf = (request: number) => {
    const traceId = spansNamed('POST /mcp')[request]?.traceId;
    const spans = readOutput(file).spans.filter((span) => span.traceId === traceId);
    return new Map(spans.map((span) => [span.name, span]));
  };
  const attributesOf = (span: WrittenSpan | undefined) => toAttributes(span?.attributes);
  const allow = { 'mcp_auth.outcome': 'allow', 'mcp_auth.route': '/mcp', 'mcp_auth.issuer': issuer };
  const call = (tool: string) => ({ 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': tool });

  beforeAll(async () => {
    if (found.reason !== undefined) return;
    const started = await startCollector(found.value, { folder, file, log });
    collector = started.process;
    const { url } = started;
    context.setGlobalContextManager(new AsyncLocalStorageContextManager());
    const spanProcessors = [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${url}/v1/traces` }))];
    const tracerProvider = new BasicTracerProvider({ spanProcessors });
    const exporter = new OTLPMetricExporter({ url: `${url}/v1/metrics` });
    const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
    server = await startObservedServer({ tracerProvider, meterProvider }, instrument(tracerProvider));
    const { sign, ask } = server;
    const token = await sign();
    const foreign = await sign({ aud: 'https://elsewhere.example' });
    const unknown = await sign({ iss: issuerThatFails });
    sent.push(token, foreign, unknown);
    expect(await ask(token, namedTool)).toBe(200);
    expect(await ask(token, namedTool)).toBe(200);
    expect(await ask(token, 'made-up')).toBe(200);
    expect(await ask(token, `my token is ${token.slice(20, 60)}`)).toBe(200);
    expect(await ask(foreign, namedTool)).toBe(401);
    expect(await ask(unknown, namedTool)).toBe(503);
    expect(await ask(undefined, namedTool)).toBe(401);
    // Whatever is left is exported
    await tracerProvider.shutdown();
    await meterProvider.shutdown();
    await waitFor('seven requests and their metrics are written', async () => {
      const { spans, metrics } = readOutput(file);
      const requests = spans.filter((span) => span.name === 'POST /mcp');
      return (requests.length === 7 && metrics.length > 0) || undefined;
    });
  });
  afterAll(async () => {
    server?.close();
    await collector?.stop();
    context.disable();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['mcp_auth.discover', kinds.client],
    ['mcp_auth.fetch_keys', kinds.client],
    ['mcp_auth.verify', kinds.internal],
  ])('%s of the first request is a child of its span', (wanted, kind) => {
    const spans = spansOf(0);
    const request = spans.get('POST /mcp');
    expect(request?.kind).toBe(kinds.server);
    expect(spans.get(wanted)).toMatchObject({
      traceId: request?.traceId,
      parentSpanId: request?.spanId,
      kind,
    });
    expect(spans.get(wanted)?.status?.code ?? 0).toBe(0);
  });

  test('what took time says for which server, and what was decided', () => {
    const spans = spansOf(0);
    const decided = { ...allow, ...call(namedTool), 'mcp_auth.cache': 'first-sight' };
    expect(attributesOf(spans.get('mcp_auth.discover'))).toEqual({ 'mcp_auth.issuer': issuer });
    expect(attributesOf(spans.get('mcp_auth.fetch_keys'))).toEqual({ 'mcp_auth.issuer': issuer });
    expect(attributesOf(spans.get('mcp_auth.verify'))).toEqual(decided);
    expect(attributesOf(spans.get('POST /mcp'))).toEqual(decided);
  });

  test('the span of a request with a remembered token says what was decided, and has none of verification below', () => {
    const spans = spansOf(1);
    expect([...spans.keys()].sort()).toEqual(['POST /mcp', 'mcp_auth.policy']);
    const remembered = { ...allow, ...call(namedTool), 'mcp_auth.cache': 'remembered' };
    expect(attributesOf(spans.get('POST /mcp'))).toEqual(remembered);
  });

  test('the time of a computed rule arrives, with the name of the tool as the client wrote it', () => {
    const spans = spansOf(2);
    expect(spans.get('mcp_auth.policy')?.parentSpanId).toBe(spans.get('POST /mcp')?.spanId);
    expect(attributesOf(spans.get('mcp_auth.policy'))).toMatchObject(call('made-up'));
  });

  test('a denied token is no error, an authorization server that fails is one', () => {
    const denied = spansOf(4).get('mcp_auth.verify');
    expect(attributesOf(denied)).toMatchObject({
      'mcp_auth.outcome': 'deny',
      'mcp_auth.code': 'wrong_audience',
    });
    expect(denied?.status?.code ?? 0).toBe(0);
    const failed = spansOf(5).get('mcp_auth.discover');
    expect(failed?.status?.code).toBe(statusError);
    expect(attributesOf(failed)).toEqual({
      'mcp_auth.issuer': issuerThatFails,
      'error.type': 'request_failed',
    });
  });

  test('a request without a token says so on its own span', () => {
    const spans = spansOf(6);
    expect([...spans.keys()].sort()).toEqual(['POST /mcp', 'mcp_auth.policy']);
    expect(attributesOf(spans.get('POST /mcp'))).toMatchObject({ 'mcp_auth.code': 'missing_credentials' });
  });

  test('every name of a span, a metric and an attribute is in the documentation', () => {
    const documented = new Set(
      [...readFileSync(page, 'utf8').matchAll(/`([^`\s]+)`/g)].map(([, each]) => each),
    );
    const { spans, metrics } = readOutput(file);
    const own = spans.filter((span) => span.name !== 'POST /mcp');
    const points = metrics.flatMap(({ sum, gauge, histogram }) =>
      [sum, gauge, histogram].flatMap((data) => data?.dataPoints ?? []),
    );
    const attributes = [...spans, ...points].flatMap((each) => Object.keys(toAttributes(each.attributes)));
    const names = new Set([...own, ...metrics].map((each) => each.name).concat(attributes));
    expect(names.size).toBeGreaterThan(15);
    expect([...names].filter((each) => !documented.has(each))).toEqual([]);
  });

  test('metrics arrive over OTLP too', () => {
    const { metrics } = readOutput(file);
    const pointsOf = (wanted: string) =>
      metrics.find((metric) => metric.name === wanted)?.sum?.dataPoints ?? [];
    const decisions = pointsOf('mcp_auth.decisions').map(({ attributes, asInt, asDouble }) => {
      const { 'mcp_auth.code': code, 'mcp_auth.cache': cache } = toAttributes(attributes);
      return [code ?? cache, Number(asInt ?? asDouble)];
    });
    expect(Object.fromEntries(decisions)).toEqual({
      'first-sight': 1,
      remembered: 3,
      wrong_audience: 1,
      authorization_server_unavailable: 1,
      missing_credentials: 1,
    });
    const tools = pointsOf('mcp_auth.operations').map(
      ({ attributes }) => toAttributes(attributes)['gen_ai.tool.name'],
    );
    expect(new Set(tools)).toEqual(new Set([namedTool, '_other']));
  });

  test('no piece of a token arrives, not even one that a client has written into the name of a tool', () => {
    expect(attributesOf(spansOf(3).get('POST /mcp'))['gen_ai.tool.name']).toBe('(a part of the token)');
    const text = readFileSync(file, 'utf8') + readFileSync(log, 'utf8');
    const pieces = sent.flatMap((token) =>
      Array.from({ length: token.length - 15 }, (_, at) => token.slice(at, at + 16)),
    );
    expect(pieces.length).toBeGreaterThan(500);
    expect(pieces.filter((piece) => text.includes(piece))).toEqual([]);
    expect(text).not.toContain('alice');
  });
});

/** As the instrumentation of an HTTP server does. */
function instrument(tracerProvider: BasicTracerProvider): RequestHandler {
  const tracer = tracerProvider.getTracer('http');
  return (request, response, next) => {
    const span = tracer.startSpan(`${request.method} ${request.path}`, { kind: SpanKind.SERVER });
    response.once('finish', () => span.end());
    context.with(trace.setSpan(context.active(), span), next);
  };
}
