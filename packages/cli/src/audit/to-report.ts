import type { BlackBoxReport, BlackBoxResult } from '@mcp-auth/conformance/black-box';
import type { Exchange } from '../net/exchange.js';
import { createReport, type Finding, type Report } from '../report/report.js';

/** What an audit found, in the form that every command has: one finding for results that are alike on several revisions. */
export function toReport(found: BlackBoxReport): Report {
  const groups = new Map<string, BlackBoxResult[]>();
  for (const result of found.results) {
    const key = [result.id, result.outcome, reasonOf(result)].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  const { version, grade, grades, revisions } = found;
  return createReport({
    command: 'audit',
    target: found.url,
    startedAt: found.startedAt,
    requests: found.requests,
    findings: [...groups.values()].map(toFinding),
    details: { cases: version, grade, grades, revisions },
  });
}

const reasonOf = (result: BlackBoxResult): string => ('reason' in result ? result.reason : '');

function toFinding(results: readonly BlackBoxResult[]): Finding {
  const [first] = results;
  if (first === undefined) throw new TypeError('A group has at least one result.');
  const { id, area, severity, title, clause, fix, outcome } = first;
  const told = {
    id: `${area.replaceAll(' ', '-')}/${id}`,
    area,
    severity,
    outcome,
    title,
    clause,
    revisions: results.map(({ revision }) => revision).sort(),
  };
  switch (first.outcome) {
    case 'passed':
      return told;
    case 'failed': {
      const exchange = toExchange(first);
      const { expected, actual } = first;
      return { ...told, expected, actual, fix, ...(exchange && { exchange }) };
    }
    case 'skipped':
    case 'excluded':
      return { ...told, reason: first.reason };
  }
}

/** So much of a body is kept. */
const keptCharacters = 1000;

function toExchange(result: BlackBoxResult): Exchange | undefined {
  if (result.outcome !== 'failed' || result.exchange === undefined) return undefined;
  const { request, response } = result.exchange;
  return {
    number: 1,
    request: {
      ...request,
      ...(request.body !== undefined && { body: request.body.slice(0, keptCharacters) }),
    },
    response: {
      ...response,
      body: response.body.slice(0, keptCharacters),
      bytes: Buffer.byteLength(response.body),
    },
  };
}
