import { auditLog } from '@mcp-auth/core/audit';
import { telemetry } from '@mcp-auth/opentelemetry';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';

export const silent = 'MCP Auth, log: false';
export const byDefault = 'MCP Auth, as it comes: the log';
export const listening = 'MCP Auth, a listener that counts';
export const recording = 'MCP Auth, OpenTelemetry';
export const keeping = 'MCP Auth, an audit log';

/** Throws away what it is given, and says that it has arrived. */
const exporter = {
  export: (_batch, done) => done({ code: 0 }),
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
  selectAggregationTemporality: () => 1,
};

function createTelemetry() {
  return telemetry({
    meterProvider: new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] }),
    tracerProvider: new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] }),
  });
}

/** Options of `MCPAuth` by who hears of decisions. */
export const listeners = {
  [silent]: () => ({ log: false }),
  [byDefault]: () => ({}),
  [listening]: () => {
    let count = 0;
    return { onEvent: () => void count++ };
  },
  [recording]: () => ({ onEvent: createTelemetry() }),
  [keeping]: (file) => ({ onEvent: auditLog({ file }) }),
};
