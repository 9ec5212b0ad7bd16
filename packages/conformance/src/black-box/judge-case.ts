import { OutOfTime, type Clock } from './clock.js';
import { concealIn } from './conceal.js';
import type { AuditIssuer } from './audit-issuer.js';
import { isLoopback, type BlackBoxExchange } from './exchange.js';
import type { BlackBoxCase } from './model.js';
import { Probe, type BlackBoxCredentials, type Run } from './probe.js';
import type { BlackBoxResult } from './report.js';
import { failed, skipped, type Verdict } from './verdict.js';

export const outOfTime = 'Not judged, out of time.';
export const outOfRequests = 'The most requests were sent.';

/** The most requests were sent. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError';
}

/** A request that nobody answered. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly isOfServer: boolean;

  /** @param isOfServer - whether the judged server was asked, and no address that it named */
  constructor(cause: unknown, isOfServer: boolean) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.isOfServer = isOfServer;
  }
}

/** What decides whether a case is asked: the part of the options that it takes. */
interface Occasion {
  readonly url: string;
  readonly issuer?: AuditIssuer | undefined;
  readonly credentials?: BlackBoxCredentials | undefined;
  readonly exclude?: Readonly<Record<string, string>> | undefined;
  readonly hostile?: boolean | undefined;
}

/** How many cases in a row had no answer to anything, and which was the first. */
export interface Silence {
  cases: number;
  since: string | undefined;
  /** The first case of an area that had no answer while the server was there: one cause is told once. */
  readonly areas: Map<BlackBoxCase['area'], string>;
}

/** What ends an audit before its end. */
export interface Limits {
  readonly silence: Silence;
  readonly clock: Clock;
}

/** So many, and nobody is waited for any more. */
const maxSilentCases = 3;

/** Asks one case, if it can be asked. */
export async function judge(
  test: BlackBoxCase,
  run: Run,
  options: Occasion,
  limits: Limits,
): Promise<BlackBoxResult> {
  const { silence, clock } = limits;
  const { id, area, title, requirements, severity, clause, fix } = test;
  const told = { id, area, title, requirements, severity, clause, fix, revision: run.revision };
  const reason = options.exclude?.[id];
  if (reason !== undefined) return { ...told, outcome: 'excluded', reason };
  const lack = whatLacks(test, options);
  if (lack !== undefined) return { ...told, outcome: 'skipped', reason: lack };
  if (silence.cases >= maxSilentCases) return { ...told, outcome: 'skipped', reason: isSilent(silence) };
  if (clock.isOver) return { ...told, outcome: 'skipped', reason: outOfTime };
  const probe = new Probe(run);
  const verdict = await settle(test, probe, limits).catch((error: unknown) => {
    if (error instanceof OutOfTime) return skipped(outOfTime);
    throw error;
  });
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
  { url, issuer, credentials = {}, hostile }: Occasion,
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
async function settle(test: BlackBoxCase, probe: Probe, { silence, clock }: Limits): Promise<Verdict> {
  const verdict = await attempt(test, probe, clock);
  if (!(verdict instanceof NoAnswer)) return verdict;
  const { message: why } = verdict;
  const isThere = await probe.call().then(
    () => true,
    (error: unknown) => {
      if (error instanceof OutOfTime) throw error;
      return false;
    },
  );
  if (!isThere) {
    silence.cases += 1;
    if (silence.cases > 1) return skipped(isSilent(silence));
    silence.since = test.id;
    return failed('an answer', `none (${why}), and the server answers nothing any more`);
  }
  // RFC 9112 §9.6 lets a server hang up on what no honest client sends; elsewhere nobody is asked
  if (test.hostile || !verdict.isOfServer) return skipped(`No answer: ${why}`);
  const again = await attempt(test, probe, clock);
  if (!(again instanceof NoAnswer)) return again;
  const first = silence.areas.get(test.area);
  if (first !== undefined) return skipped(`No answer: see ${first}.`);
  silence.areas.set(test.area, test.id);
  return failed('an answer', `none, twice (${again.message})`);
}

async function attempt(test: BlackBoxCase, probe: Probe, clock: Clock): Promise<Verdict | NoAnswer> {
  try {
    // Cases wait too, for keys that are fetched or as long as a server asks for
    return await clock.limit(() => test.probe(probe));
  } catch (error) {
    if (error instanceof OutOfTime) throw error;
    if (error instanceof BudgetError) return skipped(outOfRequests);
    if (error instanceof NoAnswer) return error;
    return new NoAnswer(error, false);
  }
}
