import { doctor } from './run-doctor.js';
import {
  type IssuerSettings,
  type ServerSettings,
  startStandInIssuer,
  startStandInServer,
} from './stand-ins.js';

/** A walk to a stand-in for a server with one fault, and one for an authorization server with another. */
export async function walk(
  server: Partial<ServerSettings>,
  issuer: IssuerSettings = {},
  args: readonly string[] = ['--headless'],
  path = '/mcp',
) {
  const running = await startStandInIssuer(issuer);
  const { origin } = await startStandInServer({ issuer: running.issuer, ...server });
  return { ...(await doctor(`${origin}${path}`, args)), origin, issuer: running.issuer };
}

export const unauthorized = (challenge: string) => ({
  status: 401,
  headers: { 'www-authenticate': challenge },
});
