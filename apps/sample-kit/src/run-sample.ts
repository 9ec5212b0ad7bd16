import { isLoopback } from './allowed-hostnames.js';
import { listen, type RunningServer } from './listen.js';
import { readEnvironment } from './read-environment.js';
import type { Sample, SampleConfig } from './sample.js';

/** Starts a sample server from its environment; on a reason not to start, says it and sets exit code 1. */
export async function runSample(
  name: string,
  createApp: (config: SampleConfig) => Sample | Promise<Sample>,
): Promise<RunningServer | undefined> {
  try {
    const { port, ...config } = readEnvironment(process.env);
    const sample = await createApp(config);
    const host = isLoopback(new URL(config.resource).hostname) ? '127.0.0.1' : '0.0.0.0';
    const server = await listen(sample.listener, port, host, 'set PORT to another one');
    console.log(`${name} listens on port ${server.port}; MCP clients connect to ${config.resource}`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void server.close().then(() => sample.close()));
    }
    await sample.ready().then(
      () => console.log(`Access tokens of ${config.issuer} are accepted.`),
      (error: unknown) =>
        console.warn(`No token can be verified yet, each request tries again: ${describe(error)}`),
    );
    return server;
  } catch (error) {
    console.error(`${name} cannot start. ${describe(error)}`);
    process.exitCode = 1;
    return undefined;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
