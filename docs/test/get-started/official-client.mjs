import { approve, OAuthSession, Recorder, redirectUrl } from '@mcp-auth/app-demo';
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';

/**
 * What the tool says to the official client once its user has logged in.
 *
 * @param {string} resource
 * @param {string} account
 * @param {'allow' | 'deny'} decision
 * @returns {Promise<string>}
 */
export async function callWithOfficialClient(resource, account, decision) {
  const session = new OAuthSession();
  const open = () => new StreamableHTTPClientTransport(new URL(resource), { authProvider: session });
  const create = () => new Client({ name: 'reader', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  const first = open();
  try {
    await create().connect(first);
    return 'nothing, and is let in without a login';
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
  }
  const recorder = new Recorder();
  const answer = await approve(session.authorizationUrl, { redirectUrl, account, decision, recorder });
  await first.finishAuth(answer);
  const client = create();
  // A transport that was started once cannot be started again
  await client.connect(open());
  try {
    const { content } = await client.callTool({ name: 'whoami', arguments: {} });
    return content[0].text;
  } finally {
    await client.close();
  }
}
