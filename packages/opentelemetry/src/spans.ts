import type { DecisionEvent, DependencyEvent, DependencyPurpose, MCPAuthEvent, Timing } from '@mcp-auth/core';
import { type Attributes, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { describeOperation, labelDecision } from './labels.js';

const dependencySpans: Readonly<Record<DependencyPurpose, string>> = {
  metadata: 'mcp_auth.discover',
  keys: 'mcp_auth.fetch_keys',
  introspection: 'mcp_auth.introspect',
};

/** What a span says apart from its times. */
interface SpanFacts {
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  /** Why it failed; only for what whoever runs the server has to look at. */
  readonly error?: string | undefined;
}

/**
 * Spans of what took time, made when it is over. Events come in the context of the request that caused them, so the span that is active
 * there, usually that of the HTTP server, is the parent.
 */
export class Spans {
  readonly #tracer: Tracer;

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  record(event: MCPAuthEvent): void {
    if (event.type === 'decision') this.#recordDecision(event);
    else if (event.type === 'dependency') this.#recordDependency(event);
  }

  /** A remembered token and fixed rules take no time worth a span: what was decided stands on the active one in any case. */
  #recordDecision(event: DecisionEvent): void {
    const active = trace.getActiveSpan();
    const { verification, rules } = event;
    if (active === undefined && verification === undefined && rules === undefined) return;
    const attributes = describe(event);
    active?.setAttributes(attributes);
    const error = event.outcome === 'deny' && event.status >= 500 ? event.code : undefined;
    const facts: SpanFacts = { kind: SpanKind.INTERNAL, attributes, error };
    if (verification !== undefined) this.#add('mcp_auth.verify', verification, facts);
    if (rules !== undefined) this.#add('mcp_auth.policy', rules, facts);
  }

  #recordDependency(event: DependencyEvent): void {
    const { issuer, purpose, code } = event;
    const attributes = { 'mcp_auth.issuer': issuer };
    this.#add(dependencySpans[purpose], event, { kind: SpanKind.CLIENT, attributes, error: code });
  }

  #add(name: string, { startedAt, durationMs }: Timing, { kind, attributes, error }: SpanFacts): void {
    const span = this.#tracer.startSpan(name, { kind, attributes, startTime: startedAt });
    if (error !== undefined) {
      span.setAttribute('error.type', error);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end(startedAt + durationMs);
  }
}

/** With the operation, where the body asked for a single one. */
function describe(event: DecisionEvent): Attributes {
  const [operation, ...more] = event.operations ?? [];
  return {
    ...labelDecision(event),
    ...(event.memory === undefined ? undefined : { 'mcp_auth.cache': event.memory }),
    ...(event.configuredIssuer === undefined ? undefined : { 'mcp_auth.issuer': event.configuredIssuer }),
    ...(operation === undefined || more.length > 0 ? undefined : describeOperation(operation)),
  };
}
