import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** One value of a metric, with its labels. */
export interface Point {
  readonly name: string;
  readonly labels: Readonly<Record<string, unknown>>;
  /** Of a histogram how often it was recorded. */
  readonly value: number;
}

class Reader extends MetricReader {
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }

  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
}

/** An SDK of OpenTelemetry that keeps what it gets. */
export class Recorder {
  readonly #reader = new Reader();
  readonly #spans = new InMemorySpanExporter();
  readonly prometheus = new PrometheusExporter({ preventServerStart: true });
  readonly meterProvider = new MeterProvider({ readers: [this.#reader, this.prometheus] });
  readonly tracerProvider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(this.#spans)],
  });

  get spans(): readonly ReadableSpan[] {
    return this.#spans.getFinishedSpans();
  }

  span(name: string): ReadableSpan {
    const [span, ...more] = this.spans.filter((each) => each.name === name);
    if (span === undefined || more.length > 0) throw new Error(`not exactly one span ${name}`);
    return span;
  }

  async points(only?: string): Promise<readonly Point[]> {
    const { resourceMetrics } = await this.#reader.collect();
    return resourceMetrics.scopeMetrics
      .flatMap(({ metrics }) => metrics)
      .filter(({ descriptor }) => only === undefined || descriptor.name === only)
      .flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => ({
          name: descriptor.name,
          labels: attributes,
          value: typeof value === 'number' ? value : (value as { readonly count: number }).count,
        })),
      );
  }
}
