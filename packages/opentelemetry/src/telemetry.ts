import type { EventListener } from '@mcp-auth/core';
import { metrics, trace, type MeterProvider, type TracerProvider } from '@opentelemetry/api';
import { Metrics } from './metrics.js';
import { Spans } from './spans.js';

/** Where metrics and spans go. */
export interface TelemetryOptions {
  /** Default: the global one, `metrics.getMeterProvider()`, looked up at the first event. */
  readonly meterProvider?: MeterProvider | undefined;
  /** Default: the global one, `trace.getTracerProvider()`, looked up at the first event. */
  readonly tracerProvider?: TracerProvider | undefined;
}

const optionNames: ReadonlySet<string> = new Set([
  'meterProvider',
  'tracerProvider',
] satisfies readonly (keyof TelemetryOptions)[]);

/** The instrumentation scope of all metrics and spans. */
const scope = '@mcp-auth/opentelemetry';

/**
 * A listener for `onEvent` that records metrics and spans of what MCP Auth does.
 *
 * Of no value that a client can choose it makes a label of a metric: names of operations are `_other` unless a rule of `operations` has
 * them, issuers unless they are configured. Spans hold names of operations as they came, cut and escaped; no subject, no client, and
 * never a token.
 *
 * Without an SDK of OpenTelemetry nothing is recorded, and nothing fails.
 *
 * @throws {TypeError} for an unknown option
 * @see {@link https://opentelemetry.io/docs/specs/otel/overview/ | OpenTelemetry}
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/express';
 * import { telemetry } from '@mcp-auth/opentelemetry';
 *
 * export const mcpAuth = new MCPAuth({
 *   resource: 'https://api.example.com/mcp',
 *   authorizationServers: ['https://auth.example.com'],
 *   onEvent: telemetry(),
 *   log: true,
 * });
 * ```
 */
export function telemetry(options: TelemetryOptions = {}): EventListener {
  for (const name of Object.keys(options)) {
    if (!optionNames.has(name)) {
      throw new TypeError(
        `telemetry: ${JSON.stringify(name)} is unknown. The options are ${[...optionNames].join(' and ')}.`,
      );
    }
  }
  const { meterProvider, tracerProvider } = options;
  let recorders: { readonly metrics: Metrics; readonly spans: Spans } | undefined;
  // Unlike tracers, a meter from before the SDK was registered never records anything
  const start = () => ({
    metrics: new Metrics((meterProvider ?? metrics.getMeterProvider()).getMeter(scope)),
    spans: new Spans((tracerProvider ?? trace.getTracerProvider()).getTracer(scope)),
  });
  return (event) => {
    recorders ??= start();
    recorders.spans.record(event);
    recorders.metrics.record(event);
  };
}
