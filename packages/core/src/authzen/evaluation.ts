import { describeValue } from '../errors/describe-value.js';
import { isPlain } from '../errors/plain-object.js';
import type { PolicyRequest } from '../policy/policy-function.js';

/** What an evaluation is about: a subject or a resource, known by its type and its id within that type. */
export interface AuthzenEntity {
  readonly type: string;
  readonly id: string;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

/** One question to a policy decision point (AuthZEN Authorization API 1.0): may this subject do this with this resource? */
export interface AuthzenEvaluation {
  readonly subject: AuthzenEntity;
  readonly action: {
    readonly name: string;
    readonly properties?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly resource: AuthzenEntity;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

/** A request with a caller: nobody else's is asked about. */
export interface AuthenticatedRequest extends PolicyRequest {
  readonly caller: NonNullable<PolicyRequest['caller']>;
}

/** What a target is, by the method that names it. */
const resourceTypes: Readonly<Record<string, string>> = {
  tools: 'mcp_tool',
  prompts: 'mcp_prompt',
  resources: 'mcp_resource',
};

/**
 * The evaluation that is asked for where nobody says otherwise: the subject is the user, or the client where the token names none; the
 * action is the method; the resource is the tool, prompt or resource, or the server where the method has no target. Never the token.
 *
 * Does not check: that a subject is unique among several authorization servers. Its issuer is a property, which the policy must look at
 * where there are several.
 *
 * @see AuthZEN Authorization API 1.0 §5
 * @example
 * ```ts
 * import { authzenPolicy, toEvaluation } from '@mcp-auth/core/authzen';
 *
 * export const policy = authzenPolicy({
 *   pdp: 'https://pdp.example.com',
 *   toEvaluation: (request) => {
 *     const evaluation = toEvaluation(request);
 *     return { ...evaluation, context: { ...evaluation.context, tenant: request.caller.claims.tenant } };
 *   },
 * });
 * ```
 */
export function toEvaluation({
  operation,
  arguments: given,
  caller,
  resource,
}: AuthenticatedRequest): AuthzenEvaluation {
  const { issuer, subject, clientId, scopes } = caller;
  const { method, target, variables } = operation;
  const properties = {
    server: resource,
    ...(Object.keys(variables).length === 0 ? undefined : { variables: { ...variables } }),
  };
  return {
    subject:
      subject === undefined
        ? { type: 'client', id: clientId, properties: { issuer } }
        : { type: 'user', id: subject, properties: { issuer, client_id: clientId } },
    action: { name: method, ...(given === undefined ? undefined : { properties: { arguments: given } }) },
    resource:
      target === undefined
        ? { type: 'mcp_server', id: resource }
        : { type: typeOf(method), id: target, properties },
    context: { scopes: [...scopes] },
  };
}

function typeOf(method: string): string {
  const [group = ''] = method.split('/', 1);
  return Object.hasOwn(resourceTypes, group) ? (resourceTypes[group] ?? 'mcp_target') : 'mcp_target';
}

/** Members that are required, with the strings each must have. */
const required = { subject: ['type', 'id'], action: ['name'], resource: ['type', 'id'] } as const;

/** @throws {TypeError} for what the owner's function made that is not an evaluation: the decision point could only guess */
export function checkEvaluation(value: unknown): asserts value is AuthzenEvaluation {
  if (!isPlain(value))
    throw new TypeError(`toEvaluation must return an evaluation, but returned ${describeValue(value)}.`);
  const members = value as Readonly<Record<string, unknown>>;
  for (const [name, strings] of Object.entries(required)) {
    const member = members[name];
    const isWhole =
      isPlain(member) &&
      strings.every((each) => typeof (member as Readonly<Record<string, unknown>>)[each] === 'string');
    if (!isWhole) {
      throw new TypeError(
        `toEvaluation returned ${name} without ${strings.join(' and ')}. Each must be a string (AuthZEN Authorization API 1.0 §5).`,
      );
    }
  }
}
