import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort } from '../lib/free-port.js';
import { obtain } from '../servers/lib/obtain.js';
import { runCommand } from '../servers/lib/run-command.js';
import { type ServerProcess, startServer } from '../servers/lib/server-process.js';
import { waitFor } from '../servers/lib/wait-for.js';
import { downloadPrometheus } from './download.js';
import { issuer, namedTool, type ObservedServer, startObservedServer } from './observed-server.js';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));
const alerts = join(docs, 'code/opentelemetry/alerts.yaml');
const dashboard = join(docs, 'public/opentelemetry/grafana-dashboard.json');

const found = await obtain('Prometheus', downloadPrometheus);

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

/** What a panel asks, with what Grafana would put in for its variables. */
function readQueries(): readonly (readonly [title: string, query: string])[] {
  const { panels } = JSON.parse(readFileSync(dashboard, 'utf8')) as { readonly panels: readonly Panel[] };
  return panels.flatMap(({ title, targets }) =>
    targets.map(
      ({ expr }) => [title, expr.replaceAll('$job', '.*').replaceAll('$__rate_interval', '1m')] as const,
    ),
  );
}

describe.skipIf(found.reason !== undefined)(found.reason ?? 'Prometheus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-prometheus-'));
  let prometheus: ServerProcess | undefined;
  let server: ObservedServer | undefined;
  let exporter: PrometheusExporter | undefined;
  let url = '';

  const query = async (text: string) => {
    const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(text)}`);
    const { status, data } = (await answer.json()) as {
      readonly status: string;
      readonly data?: {
        readonly result: readonly {
          readonly metric: Record<string, string>;
          readonly value: [number, string];
        }[];
      };
    };
    expect(status, text).toBe('success');
    return data?.result ?? [];
  };

  beforeAll(async () => {
    if (found.reason !== undefined) return;
    const [scraped, own] = [await findFreePort(), await findFreePort()];
    exporter = new PrometheusExporter({ host: '127.0.0.1', port: scraped });
    await exporter.startServer();
    server = await startObservedServer({ meterProvider: new MeterProvider({ readers: [exporter] }) });
    const { sign, ask } = server;
    const token = await sign();
    expect(await ask(undefined, namedTool)).toBe(401);
    expect(await ask(await sign({ aud: 'https://elsewhere.example' }), namedTool)).toBe(401);
    for (const name of [namedTool, 'made-up-1', 'made-up-2']) expect(await ask(token, name)).toBe(200);
    const config = join(folder, 'prometheus.yml');
    writeFileSync(
      config,
      JSON.stringify({
        global: { scrape_interval: '1s', evaluation_interval: '1s' },
        rule_files: [alerts],
        scrape_configs: [{ job_name: 'mcp', static_configs: [{ targets: [`127.0.0.1:${scraped}`] }] }],
      }),
    );
    url = `http://127.0.0.1:${own}`;
    prometheus = await startServer({
      command: found.value.prometheus,
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${own}`,
      ],
      log: join(folder, 'prometheus.log'),
      isReady: async () =>
        fetch(`${url}/-/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
    });
    // Rates need two samples
    await waitFor(
      'two scrapes',
      async () => ((await query('count_over_time(up[1m]) >= 3')).length > 0 ? true : undefined),
      { attempts: 120, pauseMs: 500 },
    );
  });
  afterAll(async () => {
    await prometheus?.stop();
    await exporter?.shutdown();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('promtool accepts the alert rules of the documentation', async () => {
    if (found.reason !== undefined) return;
    expect(await runCommand(found.value.promtool, ['check', 'rules', alerts])).toContain('8 rules found');
  });

  test('every query of the dashboard is one', async () => {
    for (const [, text] of readQueries()) await query(text);
  });

  test('decisions arrive as they were made', async () => {
    const decisions = await query('sum by (mcp_auth_outcome, mcp_auth_code) (mcp_auth_decisions_total)');
    const counted = decisions.map(({ metric, value }) => [
      metric['mcp_auth_code'] ?? metric['mcp_auth_outcome'],
      value[1],
    ]);
    expect(Object.fromEntries(counted)).toEqual({
      allow: '3',
      missing_credentials: '1',
      wrong_audience: '1',
    });
    expect(await query(`mcp_auth_refused_tokens_total{mcp_auth_issuer="${issuer}"}`)).toHaveLength(1);
  });

  test('names that clients have made up do not arrive', async () => {
    const tools = await query('sum by (gen_ai_tool_name) (mcp_auth_operations_total)');
    expect(new Set(tools.map(({ metric }) => metric['gen_ai_tool_name']))).toEqual(
      new Set([namedTool, '_other']),
    );
  });

  test.each([
    'Requests by outcome',
    'Time to verify a token',
    'Age of keys',
    'Authorization servers available',
    'Time for computed rules',
  ])('the panel %s shows something', async (panel) => {
    for (const [title, text] of readQueries())
      if (title === panel) expect((await query(text)).length).toBeGreaterThan(0);
  });

  test('no alert is pending while all is well', async () => {
    const answer = await fetch(`${url}/api/v1/alerts`);
    const { data } = (await answer.json()) as {
      readonly data: { readonly alerts: readonly { readonly labels: { readonly alertname: string } }[] };
    };
    expect(
      data.alerts.map(({ labels }) => labels.alertname).filter((name) => name !== 'MCPAuthOwnTokensDenied'),
    ).toEqual([]);
  });
});
