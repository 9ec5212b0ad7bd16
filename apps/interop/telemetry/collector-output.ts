import { readFileSync } from 'node:fs';

/** A span, in the JSON of OTLP. */
export interface WrittenSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes?: readonly WrittenAttribute[];
  /** `code` 2 is an error; absent where nothing was set. */
  readonly status?: { readonly code?: number };
}

export interface WrittenMetric {
  readonly name: string;
  readonly unit?: string;
  readonly sum?: WrittenPoints;
  readonly gauge?: WrittenPoints;
  readonly histogram?: WrittenPoints;
}

interface WrittenPoints {
  readonly dataPoints: readonly {
    readonly attributes?: readonly WrittenAttribute[];
    readonly asInt?: string;
    readonly asDouble?: number;
    readonly count?: string;
  }[];
}

interface WrittenAttribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}

interface Line {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly WrittenSpan[] }[];
  }[];
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly WrittenMetric[] }[];
  }[];
}

/** What a collector has written: one document of OTLP a line, of whole lines. */
export function readOutput(file: string): {
  readonly text: string;
  readonly spans: readonly WrittenSpan[];
  readonly metrics: readonly WrittenMetric[];
} {
  const text = readFileSync(file, 'utf8');
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
  return {
    text,
    spans: lines.flatMap(({ resourceSpans = [] }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    ),
    metrics: lines.flatMap(({ resourceMetrics = [] }) =>
      resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics)),
    ),
  };
}

/** Attributes as an object: all that are asked for here are strings. */
export function toAttributes(
  attributes: readonly WrittenAttribute[] = [],
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
}
