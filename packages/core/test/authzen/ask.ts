import { AuthInfo, type OperationFunction, PolicyUnavailableError } from '../../src/index.js';
import type { PolicyDecision, PolicyRequest } from '../../src/index.js';
import { settingsOf } from '../../src/policy/policy-settings.js';

export const resource = 'https://api.example.com/mcp';

export interface Asked {
  readonly method?: string;
  readonly target?: string | undefined;
  readonly given?: PolicyRequest['arguments'];
  readonly variables?: Readonly<Record<string, string>>;
  readonly subject?: string | undefined;
  readonly clientId?: string;
  readonly scopes?: readonly string[];
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly withoutToken?: boolean;
  readonly signal?: AbortSignal;
}

/** A request as a gate puts it to a function. */
export function requestOf(asked: Asked = {}): PolicyRequest {
  const { method = 'tools/call', variables = {} } = asked;
  const caller = new AuthInfo({
    token: 'the-secret-token',
    issuer: 'https://as.example.net',
    clientId: asked.clientId ?? 'c-3',
    subject: 'subject' in asked ? asked.subject : 'u-17',
    audience: resource,
    scopes: asked.scopes ?? ['ledger.read'],
    expiresAt: Math.floor(Date.now() / 1000) + 60,
    claims: asked.claims ?? {},
    resource,
    resourceMetadataUrl: undefined,
  });
  const target = 'target' in asked ? asked.target : 'ledger.read';
  return {
    operation: { method, target, params: undefined, variables },
    arguments: asked.given,
    caller: asked.withoutToken === true ? undefined : caller,
    resource,
    head: undefined,
    signal: asked.signal ?? new AbortController().signal,
  };
}

/** What a rule comes to: a kind of decision, or what it threw. */
export async function decide(rule: OperationFunction, asked: Asked = {}): Promise<PolicyDecision | Error> {
  try {
    return (await rule(requestOf(asked))) as PolicyDecision;
  } catch (error) {
    return error as Error;
  }
}

/** The same for a whole list. */
export async function decideAll(
  rule: OperationFunction,
  list: readonly Asked[],
): Promise<readonly PolicyDecision[] | Error> {
  try {
    const answers = await settingsOf(rule)?.decideAll?.(list.map(requestOf));
    return answers as readonly PolicyDecision[];
  } catch (error) {
    return error as Error;
  }
}

export const isOutage = (found: unknown) => found instanceof PolicyUnavailableError;

/** What passes for a caller with the scopes of the route. */
export const passes = (found: PolicyDecision | Error) =>
  !(found instanceof Error) && found.kind === 'needs' && JSON.stringify(found.requirement) === '[]';

/** What is told of an error, its causes included. */
export const told = (found: unknown): string =>
  found instanceof Error ? `${found.message} ${told(found.cause)}` : JSON.stringify(found);
