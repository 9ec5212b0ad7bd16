import type { AuditIssuer } from './audit-issuer.js';
import { blackBoxCases, blackBoxVersion } from './cases/cases.js';
import { isLoopback, type BlackBoxExchange, type BlackBoxSend } from './exchange.js';
import { blackBoxRevisions, type BlackBoxCase, type BlackBoxRevision } from './model.js';
import { Probe, type BlackBoxCredentials, type Run } from './probe.js';
import { failed, skipped, type Verdict } from './verdict.js';
import { concealIn } from './conceal.js';
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
  /** Default: all cases. */
  readonly cases?: readonly BlackBoxCase[] | undefined;
  /** Hears of each result as it comes. */
  readonly onResult?: ((result: BlackBoxResult) => void) | undefined;
}

const defaultMaxRequests = 5000;

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
        return send(request).then(
          (response) => {
            if (isOfServer) silence.cases = 0;
            return response;
          },
          (error: unknown) => {
            throw new NoAnswer(error, isOfServer);
          },
        );
      },
    };
    for (const test of cases.filter((each) => each.revisions.includes(revision))) {
      if (test.area === 'outage' && done.has(test.id)) continue;
      done.add(test.id);
      const result = await judge(test, run, options, silence);
      results.push(result);
      onResult?.(result);
    }
  }
  return summarize({ url, version: blackBoxVersion, revisions, startedAt, requests: budget.sent, results });
}

class BudgetError extends Error {
  override readonly name = 'BudgetError';
}

/** A request that nobody answered. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly isOfServer: boolean;

  /** @param isOfServer - whether the judged server was asked, and no address that it named */
  constructor(cause: unknown, isOfServer: boolean) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.isOfServer = isOfServer;
  }
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

/** How many cases in a row had no answer to anything, and which was the first. */
interface Silence {
  cases: number;
  since: string | undefined;
  /** The first case of an area that had no answer while the server was there: one cause is told once. */
  readonly areas: Map<BlackBoxCase['area'], string>;
}

/** So many, and nobody is waited for any more. */
const maxSilentCases = 3;

async function judge(
  test: BlackBoxCase,
  run: Run,
  options: AuditOptions,
  silence: Silence,
): Promise<BlackBoxResult> {
  const { id, area, title, requirements, severity, clause, fix } = test;
  const told = { id, area, title, requirements, severity, clause, fix, revision: run.revision };
  const reason = options.exclude?.[id];
  if (reason !== undefined) return { ...told, outcome: 'excluded', reason };
  const lack = whatLacks(test, options);
  if (lack !== undefined) return { ...told, outcome: 'skipped', reason: lack };
  if (silence.cases >= maxSilentCases) return { ...told, outcome: 'skipped', reason: isSilent(silence) };
  const probe = new Probe(run);
  const verdict = await settle(test, probe, silence);
  switch (verdict.outcome) {
    case 'passed':
      return { ...told, outcome: 'passed' };
    case 'skipped':
      return { ...told, outcome: 'skipped', reason: verdict.reason };
    case 'failed':
      return concealIn(
        { ...told, ...verdict, letIn: verdict.letIn === true, ...withExchange(probe.last) },
        run.secrets,
      );
  }
}

const withExchange = (exchange: BlackBoxExchange | undefined) => (exchange === undefined ? {} : { exchange });

/** What a case needs that is not there. */
function whatLacks(
  test: BlackBoxCase,
  { url, issuer, credentials = {}, hostile }: AuditOptions,
): string | undefined {
  if (test.hostile && !(hostile ?? isLoopback(new URL(url))))
    return 'It sends what no honest client sends: not without the word of the owner.';
  if (issuer !== undefined) return undefined;
  const { token, tokenWithoutScope } = credentials;
  switch (test.needs) {
    case 'nothing':
      return undefined;
    case 'token':
      return token === undefined ? 'It takes a token that the server accepts.' : undefined;
    case 'second token without scope':
      return token === undefined || tokenWithoutScope === undefined
        ? 'It takes a second token, without the scopes of an operation.'
        : undefined;
    case 'issuer':
      return 'It takes a test issuer that the server trusts.';
  }
}

const isSilent = ({ since = '' }: Silence): string => `The server answers nothing any more: see ${since}.`;

/** An answer that does not come is one too: the server is asked whether it is still there. */
async function settle(test: BlackBoxCase, probe: Probe, silence: Silence): Promise<Verdict> {
  const verdict = await attempt(test, probe);
  if (!(verdict instanceof NoAnswer)) return verdict;
  const { message: why } = verdict;
  const isThere = await probe.call().then(
    () => true,
    () => false,
  );
  if (!isThere) {
    silence.cases += 1;
    if (silence.cases > 1) return skipped(isSilent(silence));
    silence.since = test.id;
    return failed('an answer', `none (${why}), and the server answers nothing any more`);
  }
  // RFC 9112 §9.6 lets a server hang up on what no honest client sends; elsewhere nobody is asked
  if (test.hostile || !verdict.isOfServer) return skipped(`No answer: ${why}`);
  const again = await attempt(test, probe);
  if (!(again instanceof NoAnswer)) return again;
  const first = silence.areas.get(test.area);
  if (first !== undefined) return skipped(`No answer: see ${first}.`);
  silence.areas.set(test.area, test.id);
  return failed('an answer', `none, twice (${again.message})`);
}

async function attempt(test: BlackBoxCase, probe: Probe): Promise<Verdict | NoAnswer> {
  try {
    return await test.probe(probe);
  } catch (error) {
    if (error instanceof BudgetError) return skipped('The most requests were sent.');
    if (error instanceof NoAnswer) return error;
    return new NoAnswer(error, false);
  }
}
