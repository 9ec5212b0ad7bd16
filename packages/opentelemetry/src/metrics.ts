import type { DecisionEvent, DependencyEvent, MCPAuthEvent } from '@mcp-auth/core';
import type { Counter, Histogram, Meter } from '@opentelemetry/api';
import { labelDecision, labelOperation, other } from './labels.js';
import { Servers } from './servers.js';
import { Tally } from './tally.js';

/** In seconds: a signature takes a tenth of a millisecond, a fetch of keys some hundred. */
const explicitBucketBoundaries = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** The metrics of one listener. Every label takes a bounded number of values: see `labels.ts`. */
export class Metrics {
  readonly #servers = new Servers();
  readonly #decisions: Tally;
  readonly #operations: Tally;
  readonly #refusedTokens: Tally;
  readonly #verification: Histogram;
  readonly #rules: Histogram;
  readonly #dependency: Histogram;
  readonly #outages: Counter;
  readonly #faults: Counter;
  readonly #limits: Counter;
  readonly #evictions: Counter;
  readonly #ruleErrors: Counter;
  readonly #endedStreams: Counter;
  readonly #storeOutages: Counter;
  readonly #warnings: Counter;

  constructor(meter: Meter) {
    const count = (name: string, unit: string, description: string) =>
      meter.createCounter(`mcp_auth.${name}`, { unit: `{${unit}}`, description });
    const tally = (name: string, unit: string, description: string) =>
      new Tally(meter, `mcp_auth.${name}`, `{${unit}}`, description);
    const time = (name: string, description: string) =>
      meter.createHistogram(`mcp_auth.${name}.duration`, {
        unit: 's',
        description,
        advice: { explicitBucketBoundaries },
      });
    this.#decisions = tally('decisions', 'request', 'Requests that were allowed or denied');
    this.#operations = tally('operations', 'operation', 'Operations that were allowed or denied');
    this.#refusedTokens = tally('refused_tokens', 'request', 'Requests with a token that were denied');
    this.#verification = time('verification', 'Time to verify a token that was not remembered');
    this.#rules = time('rules', 'Time to judge a body by computed rules');
    this.#dependency = time('dependency', 'Time that authorization servers take');
    this.#outages = count('outages', 'outage', 'Times that an authorization server began to fail');
    this.#faults = count('faults', 'fault', 'Errors of authorization servers that were reported');
    this.#limits = count('limits', 'limit', 'Limits for failed attempts that were reached');
    this.#evictions = count(
      'evictions',
      'entry',
      'Entries that caches gave up although they could still be used',
    );
    this.#ruleErrors = count('rule_errors', 'error', 'Computed rules that went wrong');
    this.#endedStreams = count(
      'ended_streams',
      'stream',
      'Response streams that were ended with their right',
    );
    this.#storeOutages = count(
      'store_outages',
      'outage',
      'Times that a store of several processes began to fail',
    );
    this.#warnings = count('warnings', 'warning', 'Warnings, each reported once');
    this.#observeServers(meter);
  }

  record(event: MCPAuthEvent): void {
    switch (event.type) {
      case 'decision':
        this.#recordDecision(event);
        break;
      case 'dependency':
        this.#recordDependency(event);
        break;
      case 'fault':
        this.#faults.add(1, { 'mcp_auth.issuer': event.issuer, 'mcp_auth.code': event.error.code });
        break;
      case 'limit':
        this.#limits.add(1, {
          'mcp_auth.resource': event.resource,
          'mcp_auth.limited': event.peer === undefined ? 'client' : 'peer',
        });
        break;
      case 'cache':
        this.#evictions.add(event.dropped, {
          'mcp_auth.cache_name': event.cache,
          ...(event.issuer === undefined ? undefined : { 'mcp_auth.issuer': event.issuer }),
        });
        break;
      case 'policy':
        this.#ruleErrors.add(1, { 'mcp_auth.resource': event.resource });
        break;
      case 'stream':
        this.#endedStreams.add(event.count, {
          'mcp_auth.resource': event.resource,
          'mcp_auth.reason': event.reason,
        });
        break;
      case 'store':
        if (event.phase === 'begin') this.#storeOutages.add(1, { 'mcp_auth.store': event.store });
        break;
      case 'warning':
        this.#warnings.add(1);
        break;
      // Told by the events of dependencies too, with their duration
      case 'keys':
      case 'outage':
        break;
    }
  }

  #recordDecision(event: DecisionEvent): void {
    const { outcome, route, memory = 'none', verification, rules, operations } = event;
    const code = event.outcome === 'deny' ? event.code : '';
    this.#decisions.add(`${route} ${outcome} ${code} ${memory}`, () => ({
      ...labelDecision(event),
      'mcp_auth.cache': memory,
    }));
    if (code !== '' && event.via === 'bearer') this.#recordRefusedToken(event, code);
    if (verification === undefined && rules === undefined && operations === undefined) return;
    const place = { 'mcp_auth.route': route, 'mcp_auth.outcome': outcome };
    if (verification !== undefined) this.#verification.record(verification.durationMs / 1000, place);
    if (rules !== undefined) this.#rules.record(rules.durationMs / 1000, place);
    for (const operation of operations ?? []) {
      const labels = labelOperation(operation);
      const key = JSON.stringify([route, outcome, ...Object.values(labels)]);
      this.#operations.add(key, () => ({ ...place, ...labels }));
    }
  }

  #recordRefusedToken({ configuredIssuer: issuer = other }: DecisionEvent, code: string): void {
    this.#refusedTokens.add(`${issuer} ${code}`, () => ({
      'mcp_auth.issuer': issuer,
      'mcp_auth.code': code,
    }));
  }

  #recordDependency(event: DependencyEvent): void {
    const { issuer, purpose, code, durationMs } = event;
    const asked = { 'mcp_auth.issuer': issuer, 'mcp_auth.purpose': purpose };
    this.#dependency.record(durationMs / 1000, code === undefined ? asked : { ...asked, 'error.type': code });
    if (this.#servers.note(event)) this.#outages.add(1, asked);
  }

  #observeServers(meter: Meter): void {
    meter
      .createObservableGauge('mcp_auth.keys.age', {
        unit: 's',
        description: 'Time since the keys of an authorization server were fetched',
      })
      .addCallback((result) => {
        for (const { issuer, seconds } of this.#servers.keyAges(Date.now())) {
          result.observe(seconds, { 'mcp_auth.issuer': issuer });
        }
      });
    meter
      .createObservableGauge('mcp_auth.authorization_server.available', {
        description: '1 where the last attempt to ask an authorization server went well, else 0',
      })
      .addCallback((result) => {
        for (const { issuer, purpose, isAvailable } of this.#servers.availability()) {
          result.observe(isAvailable ? 1 : 0, { 'mcp_auth.issuer': issuer, 'mcp_auth.purpose': purpose });
        }
      });
  }
}
