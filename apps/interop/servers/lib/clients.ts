import {
  auth as aiAuth,
  createMCPClient,
  type OAuthClientInformation as AiClient,
  type OAuthTokens as AiTokens,
} from '@ai-sdk/mcp';
import { auth as sdkAuth } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';
import { OAuthMemory, redirectUrl } from './oauth-memory.js';

/** Shows an authorization request to a user, who logs in and agrees; gives the address that leads back to the client. */
export type LogIn = (authorizationUrl: URL, redirectUrl: string) => Promise<URL>;

/** Whom a client shows itself to, and how. */
export interface LoginTrial {
  /** Of the MCP server: all that the client knows. */
  readonly serverUrl: string;
  readonly logIn: LogIn;
  /** What the client registers as. Default: `none`, a public client, as programs on a user's machine are. */
  readonly authenticatesBy?: 'none' | 'client_secret_basic' | undefined;
}

/** A client that registers itself, has its user log in, and calls the tool `whoami`. */
export interface TriedClient {
  readonly name: string;
  /** @returns what the tool says */
  readonly callAfterLogin: (trial: LoginTrial) => Promise<string>;
}

export const triedClients: readonly TriedClient[] = [
  { name: '@modelcontextprotocol/sdk 1', callAfterLogin: callWithOfficialSdk },
  { name: '@ai-sdk/mcp 1', callAfterLogin: callWithAiSdk },
];

async function callWithOfficialSdk(trial: LoginTrial): Promise<string> {
  const { serverUrl, logIn, authenticatesBy = 'none' } = trial;
  const authProvider = new OAuthMemory<OAuthClientInformationMixed, OAuthTokens>(authenticatesBy);
  const connect = async () => {
    const client = new Client({ name: 'interop', version: '0.0.0' });
    const transport = new StreamableHTTPClientTransport(new URL(serverUrl), { authProvider });
    await client.connect(transport);
    return client;
  };
  const answer = await redirectOf(authProvider, connect, logIn);
  await sdkAuth(authProvider, { serverUrl, authorizationCode: answer.code });
  const client = await connect();
  const { content } = await client.callTool({ name: 'whoami', arguments: {} });
  await client.close();
  return textOf(content);
}

async function callWithAiSdk(trial: LoginTrial): Promise<string> {
  const { serverUrl, logIn, authenticatesBy = 'none' } = trial;
  const authProvider = new OAuthMemory<AiClient, AiTokens>(authenticatesBy);
  const connect = () => createMCPClient({ transport: { type: 'http', url: serverUrl, authProvider } });
  const answer = await redirectOf(authProvider, connect, logIn);
  await aiAuth(authProvider, { serverUrl, authorizationCode: answer.code, callbackState: answer.state });
  const client = await connect();
  const { whoami } = await client.tools();
  const result: unknown = await whoami?.execute({}, { toolCallId: 'call-1', messages: [] });
  await client.close();
  return textOf((result as { readonly content?: unknown } | undefined)?.content);
}

/** A client without a token is told 401, registers, and sends its user away. */
async function redirectOf(
  memory: { readonly authorizationUrl: URL | undefined },
  connect: () => Promise<unknown>,
  logIn: LogIn,
): Promise<{ readonly code: string; readonly state: string }> {
  const denied = await connect().then(
    () => undefined,
    (error: unknown) => error,
  );
  const { authorizationUrl } = memory;
  if (authorizationUrl === undefined) throw new Error('no login was begun', { cause: denied });
  const { searchParams } = await logIn(authorizationUrl, redirectUrl);
  const code = searchParams.get('code');
  if (code === null) throw new Error(`the login ends with ${searchParams.get('error') ?? 'no code'}`);
  return { code, state: searchParams.get('state') ?? '' };
}

function textOf(content: unknown): string {
  const [first] = Array.isArray(content) ? (content as readonly { readonly text?: string }[]) : [];
  return first?.text ?? '';
}
