import {
  allow,
  createPolicy,
  deny,
  depends,
  type OperationFunction,
  type PolicyAnswer,
  type PolicyRequest,
  PolicyUnavailableError,
} from '@mcp-auth/core';

/** Most characters of an answer. A list of 500 has fewer. */
const maxCharacters = 65_536;

/**
 * Asks OPA by its Data API, about a policy whose rules `answer` and `answers` say "allow", "deny" or "depends".
 *
 * @param opa - URL of OPA, on this machine or https: `http://127.0.0.1:8181`
 */
export function byOpa(opa: string): OperationFunction {
  return createPolicy({
    decide: async (request) => {
      const { operation, arguments: given, caller } = request;
      if (caller === undefined) return allow(); // without a token: 401
      const question = { tool: operation.target, arguments: given, ...describe(request) };
      return toAnswer(await ask(`${opa}/v1/data/mcp/answer`, question, request.signal));
    },
    decideAll: async (requests) => {
      const [first] = requests;
      if (first?.caller === undefined) return requests.map(() => allow());
      const tools = requests.map(({ operation }) => operation.target);
      const found = await ask(`${opa}/v1/data/mcp/answers`, { tools, ...describe(first) }, first.signal);
      if (!Array.isArray(found) || found.length !== tools.length)
        throw new PolicyUnavailableError('OPA did not answer every entry of the list');
      return found.map(toAnswer);
    },
    timeoutMs: 1000,
  });
}

/** The same for all entries of a list. Never the token. */
function describe({ caller, operation }: PolicyRequest): object {
  return {
    method: operation.method,
    user: caller?.subject,
    issuer: caller?.issuer,
    groups: caller?.claims['groups'] ?? [],
  };
}

async function ask(url: string, input: object, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input }),
      redirect: 'error',
      signal,
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return ((await readJson(response)) as { readonly result?: unknown } | null)?.result;
  } catch (cause) {
    throw new PolicyUnavailableError('OPA cannot be asked', { cause });
  }
}

async function readJson({ body }: Response): Promise<unknown> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (value === undefined) return JSON.parse(text);
    text += value;
    if (text.length > maxCharacters) throw new Error('too long');
  }
}

/** Where the rule is not there, OPA answers 200 without a result: that is no decision either. */
function toAnswer(result: unknown): PolicyAnswer {
  switch (result) {
    case 'allow':
      return allow();
    case 'depends':
      return depends();
    case 'deny':
      return deny({ reason: 'denied by OPA' });
    default:
      throw new PolicyUnavailableError('OPA gave no decision');
  }
}
