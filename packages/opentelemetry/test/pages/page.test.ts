import { readFileSync } from 'node:fs';
import { createNoopMeter, type Meter, type MeterProvider } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { telemetry } from '../../src/index.js';

const read = (path: string) => readFileSync(new URL(`../../../../docs/${path}`, import.meta.url), 'utf8');
const page = read('guide/opentelemetry.md');

/** Names in code in the columns of the tables of a section. */
function readNames(section: string, columns: readonly number[]): ReadonlySet<string> {
  const [, text = ''] = page.split(new RegExp(`^#+ .*\\{#${section}\\}$`, 'm'));
  const [own = ''] = text.split(/^##/m);
  const rows = own.split('\n').filter((line) => line.startsWith('| `'));
  const cells = rows.flatMap((row) => columns.map((column) => row.split('|')[column + 1] ?? ''));
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)));
}

const metrics = readNames('metrics', [0]);
const labels = readNames('labels', [0]);

/** As Prometheus writes them. */
const underscored = (names: ReadonlySet<string>) =>
  new Set([...names].map((name) => name.replaceAll('.', '_')));

function readPanels(): readonly string[] {
  const { panels } = JSON.parse(read('public/opentelemetry/grafana-dashboard.json')) as {
    readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
  };
  return panels.flatMap(({ targets }) => targets).map(({ expr }) => expr);
}

function readAlerts(): readonly string[] {
  const { groups } = parse(read('code/opentelemetry/alerts.yaml')) as {
    readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[];
  };
  return groups.flatMap(({ rules }) => rules).map(({ expr }) => expr);
}

describe('the page', () => {
  test('names every metric that is recorded, and no other', () => {
    const created: string[] = [];
    const noop = createNoopMeter();
    const meter = Object.assign(Object.create(noop) as Meter, {
      createCounter: (name: string) => {
        created.push(name);
        return noop.createCounter(name);
      },
      createHistogram: (name: string) => {
        created.push(name);
        return noop.createHistogram(name);
      },
      createObservableGauge: (name: string) => {
        created.push(name);
        return noop.createObservableGauge(name);
      },
      createObservableCounter: (name: string) => {
        created.push(name);
        return noop.createObservableCounter(name);
      },
    });
    const meterProvider: MeterProvider = { getMeter: () => meter };
    telemetry({ meterProvider })({ type: 'warning', message: '', version: 1, time: 0, level: 'warn' });
    expect(new Set(created)).toEqual(metrics);
  });

  test('tells the values of every label', () => {
    expect(readNames('metrics', [2])).toEqual(labels);
  });

  test('no label is the folder of another: where dots become objects, one of both would be lost', () => {
    const names = [...labels];
    expect(names.filter((name) => names.some((other) => other.startsWith(`${name}.`)))).toEqual([]);
  });
});

describe('dashboard and alerts', () => {
  test('every metric has a panel', () => {
    const shown = readPanels().join(' ').replaceAll('(_seconds)?', '');
    expect([...underscored(metrics)].filter((name) => !shown.includes(name))).toEqual([]);
  });

  test.each([...readPanels(), ...readAlerts()])('%s asks for what there is', (query) => {
    const known = new Set([...underscored(metrics), ...underscored(labels)]);
    const names = query.replaceAll('(_seconds)?', '').match(/(?:mcp|gen)_\w+/g) ?? [];
    expect(
      names.map((name) => name.replace(/_(?:total|bucket)$/, '')).filter((name) => !known.has(name)),
    ).toEqual([]);
  });
});
