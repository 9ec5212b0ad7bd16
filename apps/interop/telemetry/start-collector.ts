import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../lib/free-port.js';
import { type ServerProcess, startServer } from '../servers/lib/server-process.js';

export interface CollectorFiles {
  /** For its configuration. */
  readonly folder: string;
  /** What it takes, as JSON. */
  readonly file: string;
  /** What it prints. */
  readonly log: string;
}

/**
 * A collector that takes OTLP by HTTP and writes a file. It listens on nothing else.
 *
 * @param command - from `buildCollector`
 * @returns its process, and where it takes OTLP
 */
export async function startCollector(
  command: string,
  { folder, file, log }: CollectorFiles,
): Promise<{ readonly url: string; readonly process: ServerProcess }> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const config = join(folder, 'config.json');
  const pipeline = { receivers: ['otlp'], exporters: ['file'] };
  writeFileSync(
    config,
    JSON.stringify({
      receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
      exporters: { file: { path: file, flush_interval: '100ms' } },
      service: {
        pipelines: { traces: pipeline, metrics: pipeline },
        telemetry: { metrics: { level: 'none' } },
      },
    }),
  );
  const process = await startServer({
    command,
    args: ['--config', `file:${config}`],
    log,
    isReady: async () =>
      fetch(`${url}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
  return { url, process };
}
