import cedar from '@cedar-policy/cedar-wasm/nodejs';
import { allow, deny, depends, type OperationFunction, PolicyUnavailableError } from '@mcp-auth/core';

/** `when` reads what the function below puts into `context`. */
const policies = `
  permit (principal, action == Action::"tools/call", resource == Tool::"list-refunds");
  permit (principal, action == Action::"tools/call", resource == Tool::"refund") when { context.amount <= 100 };
  permit (principal in Group::"managers", action, resource);
`;

const parsed = cedar.preparsePolicySet('refunds', { staticPolicies: policies });
// A mistake in a policy is found when the server starts
if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('\n'));

/** Cedar decides in this process: there is nobody to wait for. */
export const byCedar: OperationFunction = ({ operation, arguments: given, caller }) => {
  if (caller === undefined) return allow(); // without a token: 401
  const tool = operation.target ?? '';
  if (tool === 'refund' && given === undefined) return depends(); // a list: the amount decides
  const principal = { type: 'User', id: JSON.stringify([caller.issuer, caller.subject ?? caller.clientId]) };
  const groups = readGroups(caller.claims).map((id) => ({ type: 'Group', id }));

  const answer = ask({
    preparsedPolicySetId: 'refunds',
    principal,
    action: { type: 'Action', id: operation.method },
    resource: { type: 'Tool', id: tool },
    // Cedar has whole numbers only; what is none is left out, and a policy that needs it fails
    context: Number.isSafeInteger(given?.['amount']) ? { amount: Number(given?.['amount']) } : {},
    entities: [{ uid: principal, attrs: {}, parents: groups }],
  });
  return answer === 'allow' ? allow() : deny({ reason: 'denied by Cedar' });
};

function ask(call: Parameters<typeof cedar.statefulIsAuthorized>[0]): 'allow' | 'deny' {
  let answer: ReturnType<typeof cedar.statefulIsAuthorized>;
  try {
    answer = cedar.statefulIsAuthorized(call);
  } catch (cause) {
    throw new PolicyUnavailableError('Cedar does not run', { cause });
  }
  if (answer.type === 'failure') throw new PolicyUnavailableError('Cedar gave no decision');
  const { decision, diagnostics } = answer.response;
  // A policy that fails is left out: of a permit that is a denial, but of a forbid it would be a pass
  if (decision === 'allow' && diagnostics.errors.length === 0) return 'allow';
  if (decision === 'deny') return 'deny';
  throw new PolicyUnavailableError('A policy of Cedar failed');
}

function readGroups({ groups }: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(groups) ? groups.filter((each) => typeof each === 'string') : [];
}
