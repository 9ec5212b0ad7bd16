import { AuthInfo, type MCPAuthEvent, type OperationFunction } from '@mcp-auth/core';
import { MCPAuth } from '@mcp-auth/core/fetch';

const resource = 'https://api.example.com/mcp';
const issuer = 'https://as.example.com';

/** Who calls; `undefined` is a caller without a token. */
export interface Caller {
  readonly subject?: string;
  readonly groups?: readonly string[];
}

/** A server whose tools one rule is about. */
export function serve(policy: OperationFunction) {
  const events: MCPAuthEvent[] = [];
  const mcpAuth = new MCPAuth({
    resource,
    authorizationServers: [issuer],
    onEvent: (event) => events.push(event),
  });
  const operations = { tools: { '*': policy } };
  const infoOf = ({ subject, groups = [] }: Caller) =>
    new AuthInfo({
      token: 'the-secret-token',
      issuer,
      clientId: 'a-client',
      subject,
      audience: resource,
      scopes: [],
      expiresAt: Math.floor(Date.now() / 1000) + 60,
      claims: { groups },
      resource,
      resourceMetadataUrl: undefined,
    });
  const verify = (token: string) => {
    const { subject, groups } = JSON.parse(atob(token)) as Caller;
    return {
      issuer,
      subject,
      clientId: 'a-client',
      audience: resource,
      scopes: [],
      expiresAt: Math.floor(Date.now() / 1000) + 60,
      claims: { groups },
    };
  };
  const server = mcpAuth.protect({ fetch: () => new Response('ran') }, verify, { operations });

  /** What a call comes to, over HTTP: `ran`, a status, or `denied`. */
  const call = async (caller: Caller | undefined, name: string, given: object = {}) => {
    const token = caller && btoa(JSON.stringify(caller));
    const response = await server.fetch(
      new Request(resource, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name, arguments: given },
        }),
      }),
    );
    const text = await response.text();
    if (response.status !== 200) return response.status;
    return text === 'ran' ? 'ran' : (JSON.parse(text) as { error: { code: number } }).error.code;
  };

  /** Which tools a list shows, or `unavailable`. */
  const list = async (caller: Caller | undefined, names: readonly string[]) => {
    const filter = mcpAuth.listFilter({ resource, operations });
    try {
      const tools = names.map((name) => ({ name }));
      const shown = await filter.visible('tools', tools, caller && infoOf(caller));
      return shown.map(({ name }) => name);
    } catch (error) {
      return (error as { readonly code?: string }).code ?? 'error';
    }
  };

  /** The outages that the owner hears of. */
  const outages = () =>
    events.filter((event) => event.type === 'policy' && event.error.code === 'policy_unavailable').length;
  return { call, list, outages, events };
}

/** The JSON-RPC error of a denial. */
export const denied = -32010;
