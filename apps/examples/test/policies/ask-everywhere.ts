import { AuthInfo, type OperationPolicy } from '@mcp-auth/core';
import { authContext, requireOperation } from '@mcp-auth/core/context';
import { MCPAuth } from '@mcp-auth/core/fetch';

const resource = 'https://api.example.com/mcp';
export const issuer = 'https://as.example.com';

export interface Caller {
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly role?: string;
}

/** What a call comes to in each place that a policy decides in. */
export interface Found {
  readonly gate: string | number;
  readonly call: string | number;
  readonly challenge: string | number;
  readonly isListed: boolean;
}

/** The message of a denial, `ran`, or the status of another answer. */
async function read(response: Response): Promise<string | number> {
  if (response.status !== 200) return response.status;
  const text = await response.text();
  return text === 'ran' ? text : (JSON.parse(text) as { error: { message: string } }).error.message;
}

/** Calls a tool over HTTP, in front of a server and inside of one, asks for the challenge of the SDK, and for the list. */
export async function askEverywhere(
  operations: OperationPolicy,
  caller: Caller | undefined,
  name: string,
  given: object,
): Promise<Found> {
  const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer], log: false });
  const facts = ({ subject, scopes, role }: Caller) => ({
    issuer,
    subject,
    clientId: 'a-client',
    audience: resource,
    scopes,
    expiresAt: Math.floor(Date.now() / 1000) + 60,
    claims: { role },
  });
  const verify = (token: string) => facts(JSON.parse(atob(token)) as Caller);
  const params = { name, arguments: given };
  const send = (server: { fetch: (request: Request) => Promise<Response> }, tool: object) =>
    server.fetch(
      new Request(resource, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(caller && { authorization: `Bearer ${btoa(JSON.stringify(caller))}` }),
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: tool }),
      }),
    );

  const ran = { fetch: () => new Response('ran') };
  const gate = await read(await send(mcpAuth.protect(ran, verify, { operations }), params));

  let thrown: unknown;
  const runner = {
    fetch: async () => {
      await requireOperation('tools/call', params).catch((error: unknown) => (thrown = error));
      return new Response('ran');
    },
  };
  const open: OperationPolicy = { ...operations, tools: { ...operations.tools, run: [], '*': 'refuse' } };
  const inside = mcpAuth.protect(runner, verify, { operations: open, asyncContext: authContext });
  const outer = await read(await send(inside, { name: 'run' }));
  const call = thrown === undefined ? outer : describe(thrown);

  const authInfo =
    caller && new AuthInfo({ ...facts(caller), token: 't', resource, resourceMetadataUrl: undefined });
  const challenge = await mcpAuth
    .scopeChallenge(operations, { resource })({ request: { method: 'tools/call', params }, authInfo })
    .then((found) => (found === undefined ? 'ran' : 403), describe);
  const listed = await mcpAuth.listFilter({ resource, operations }).visible('tools', [{ name }], authInfo);
  return { gate, call, challenge, isListed: listed.length === 1 };
}

/** The code of an error, by which the places can be compared. */
function describe(error: unknown): string {
  return String((error as { readonly code?: unknown }).code);
}
