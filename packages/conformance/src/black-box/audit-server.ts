import type { AuditIssuer } from './audit-issuer.js';
import { blackBoxCases, blackBoxVersion } from './cases/cases.js';
import { Clock, OutOfTime } from './clock.js';
import type { BlackBoxSend } from './exchange.js';
import { BudgetError, judge, NoAnswer, outOfRequests, outOfTime, type Silence } from './judge-case.js';
import { blackBoxRevisions, type BlackBoxCase, type BlackBoxRevision } from './model.js';
import type { BlackBoxCredentials, Run } from './probe.js';
import { summarize, type BlackBoxReport, type BlackBoxResult } from './report.js';
import { createSend } from './send.js';

/** What is judged, and with what. */
export interface AuditOptions {
  /** The MCP endpoint, as clients write it. */
  readonly url: string;
  /** How requests go out. Default: over HTTP, without redirects, with limits of time and size. */
  readonly send?: BlackBoxSend | undefined;
  /** Tokens to present. Default: none, so that what needs one is skipped. */
  readonly credentials?: BlackBoxCredentials | undefined;
  /** The issuer that the server trusts for the time of the audit. */
  readonly issuer?: AuditIssuer | undefined;
  /** Default: all of them. */
  readonly revisions?: readonly BlackBoxRevision[] | undefined;
  /** Cases that are left out, by id, each with the reason that the report shows. */
  readonly exclude?: Readonly<Record<string, string>> | undefined;
  /** Whether to send what no honest client sends. Default: on this machine alone. */
  readonly hostile?: boolean | undefined;
  /** The most requests. Default: 5000. */
  readonly maxRequests?: number | undefined;
  /** The most seconds in all; what is not judged by then is skipped. Default: 600. */
  readonly maxSeconds?: number | undefined;
  /** Default: all cases. */
  readonly cases?: readonly BlackBoxCase[] | undefined;
  /** Hears of each result as it comes. */
  readonly onResult?: ((result: BlackBoxResult) => void) | undefined;
}

const defaultMaxRequests = 5000;
const defaultMaxSeconds = 600;

/**
 * Judges an MCP server from outside: each rule that a peer can see is passed, failed, skipped or excluded, with its clause.
 *
 * Checks: what the answers of the server show, per revision of MCP. Without a token, and without an issuer that the server trusts, only
 * what anybody can see.
 * Does not check: what happens inside, and what only the authorization server decides.
 *
 * @throws {TypeError} for a URL that is not http or https, and for an excluded case that does not exist
 * @see RFC 9728 §3, RFC 6750 §3
 * @example
 * ```ts
 * import { auditServer, formatAuditLine } from '@mcp-auth/conformance/black-box';
 *
 * const report = await auditServer({ url: 'http://127.0.0.1:3000/mcp' });
 * for (const result of report.results) if (result.outcome === 'failed') console.log(formatAuditLine(result));
 * ```
 */
export async function auditServer(options: AuditOptions): Promise<BlackBoxReport> {
  const { url, revisions = blackBoxRevisions, cases = blackBoxCases, onResult } = options;
  checkOptions(options, cases);
  const startedAt = new Date().toISOString();
  const { origin } = new URL(url);
  const send = options.send ?? createSend();
  const budget = { left: options.maxRequests ?? defaultMaxRequests, sent: 0 };
  const clock = new Clock(options.maxSeconds ?? defaultMaxSeconds);
  const patience = { leftMs: 30_000 };
  const secrets = new Set<string>(
    [options.credentials?.token, options.credentials?.tokenWithoutScope].filter((each) => each !== undefined),
  );
  const results: BlackBoxResult[] = [];
  const silence: Silence = { cases: 0, since: undefined, areas: new Map() };
  const done = new Set<string>();
  // The newest first: what takes seconds is done once
  for (const revision of blackBoxRevisions.filter((each) => revisions.includes(each)).reverse()) {
    const run: Run = {
      url,
      revision,
      credentials: options.credentials ?? {},
      issuer: options.issuer,
      secrets,
      memory: new Map(),
      patience,
      exchange: (request) => {
        if (budget.left === 0) throw new BudgetError();
        budget.left -= 1;
        budget.sent += 1;
        const isOfServer = new URL(request.url).origin === origin;
        return clock
          .limit(() => send(request))
          .then(
            (response) => {
              if (isOfServer) silence.cases = 0;
              return response;
            },
            (error: unknown) => {
              throw error instanceof OutOfTime ? error : new NoAnswer(error, isOfServer);
            },
          );
      },
    };
    for (const test of cases.filter((each) => each.revisions.includes(revision))) {
      if (test.area === 'outage' && done.has(test.id)) continue;
      done.add(test.id);
      const result = await judge(test, run, options, { silence, clock });
      results.push(result);
      onResult?.(result);
    }
  }
  const reasons = new Set(results.map((result) => ('reason' in result ? result.reason : '')));
  const cutShort = reasons.has(outOfTime) ? 'time' : reasons.has(outOfRequests) ? 'requests' : undefined;
  return summarize({
    ...{ url, version: blackBoxVersion, revisions, startedAt, requests: budget.sent, results },
    ...(cutShort && { cutShort }),
  });
}

function checkOptions({ url, exclude = {} }: AuditOptions, cases: readonly BlackBoxCase[]): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new TypeError(`url: must be the http or https URL of an MCP endpoint, not ${JSON.stringify(url)}.`);
  const known = new Set([...blackBoxCases, ...cases].map(({ id }) => id));
  const unknown = Object.keys(exclude).find((id) => !known.has(id));
  if (unknown !== undefined) throw new TypeError(`exclude: there is no case ${JSON.stringify(unknown)}.`);
  const silent = Object.entries(exclude).find(([, reason]) => reason.trim() === '');
  if (silent !== undefined) throw new TypeError(`exclude: say why ${silent[0]} is left out.`);
}
