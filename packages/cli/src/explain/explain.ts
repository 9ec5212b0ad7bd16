import { documentationUrl } from '@mcp-auth/core/adapter';
import { explainToken, type TokenCheck, type TokenExplanation } from '@mcp-auth/core/explain';
import { UsageError } from '../errors.js';
import { createReport, type Finding, type Report } from '../report/report.js';
import { checkTexts, fixOf } from './checks.js';
import { describeShape } from './describe-shape.js';
import type { ExplainSettings } from './read-options.js';

/** A report about a token, and what core found. */
export interface Explained {
  readonly report: Report;
  readonly explanation: TokenExplanation;
}

/**
 * What a gate would say of a token. Nothing is sent anywhere.
 *
 * @throws {@link UsageError} for an option, with its path
 */
export async function explain(token: string, settings: ExplainSettings, startedAt: Date): Promise<Explained> {
  const explanation = await explainOrRefuse(token, settings);
  const { verdict, refusal, header, claims, scopes, missingScopes, binding } = explanation;
  const { resource, authorizationServers, jwtVerify } = settings.options;
  const report = createReport({
    command: 'explain',
    target: settings.assumed.has('audience') ? 'a token' : resource,
    startedAt: startedAt.toISOString(),
    findings: explanation.checks.map((check) => toFinding(check, token, settings, header !== undefined)),
    requests: 0,
    details: {
      verdict,
      code: refusal?.code,
      check: refusal?.name,
      at: jwtVerify?.currentDate?.toISOString(),
      assumed: [...settings.assumed],
      authorizationServers: authorizationServers.map(({ issuer }) => issuer),
      header,
      claims,
      scopes,
      missingScopes,
      binding,
    },
  });
  return { report, explanation };
}

async function explainOrRefuse(token: string, { options }: ExplainSettings): Promise<TokenExplanation> {
  try {
    return await explainToken(token, options);
  } catch (error) {
    if (!(error instanceof Error) || !('path' in error)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}

/** Why a check was not made after another one had failed. */
export const notReached = 'a check before it failed, and it cannot be made without that';

function toFinding(check: TokenCheck, token: string, settings: ExplainSettings, isRead: boolean): Finding {
  const { title, clause } = checkTexts[check.name];
  const base = { id: `token/${check.name}`, area: 'token', severity: 'MUST', title, clause } as const;
  switch (check.outcome) {
    case 'passed': {
      const flag = assumedBy(check.name, settings);
      return flag === undefined
        ? { ...base, outcome: 'passed' }
        : { ...base, outcome: 'skipped', reason: `${flag} was not given, so it is compared with nothing` };
    }
    case 'not-checkable':
      return { ...base, outcome: 'skipped', reason: isRead ? whyNot(check.name, settings) : notReached };
    case 'refused': {
      const { code, claim, expected, actual, message, hint } = check;
      const shape = code === 'malformed_token' ? describeShape(token) : undefined;
      return {
        ...base,
        outcome: 'failed',
        message: `${code}: ${shape?.message ?? message}`,
        expected: describeFact(expected),
        actual: describeFact(actual, claim),
        fix: hint ?? shape?.fix ?? fixOf(code, claim, actual),
        link: documentationUrl('errors', code),
      };
    }
  }
}

function assumedBy(name: TokenCheck['name'], { assumed }: ExplainSettings): string | undefined {
  if (name === 'issuer' && assumed.has('issuer')) return '--issuer';
  return name === 'audience' && assumed.has('audience') ? '--resource' : undefined;
}

function whyNot(name: TokenCheck['name'], { options }: ExplainSettings): string {
  const hasKeys = options.authorizationServers.some(({ jwks }) => jwks !== undefined);
  if (name === 'signature' && !hasKeys) return 'the keys of its issuer were not given: --keys jwks.json';
  if (name === 'sender') return 'who sends it is not known here';
  return notReached;
}

type Fact = string | number | boolean | readonly string[];

function describeFact(fact: Fact | undefined, claim?: string): string | undefined {
  if (fact === undefined) return undefined;
  if (typeof fact === 'object') return fact.join('\n');
  return typeof fact === 'number' && isTimeClaim(claim) ? describeTime(fact) : String(fact);
}

/** RFC 7519 §4.1, OpenID Connect Core §2 */
export function isTimeClaim(name: string | undefined): boolean {
  return name === 'exp' || name === 'nbf' || name === 'iat' || name === 'auth_time';
}

/** Seconds since 1970, and as a date where they are one. */
export function describeTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  const isDate = seconds >= 0 && seconds < 253_402_300_800;
  return isDate ? `${seconds} (${date.toISOString().replace('.000Z', 'Z')})` : String(seconds);
}
