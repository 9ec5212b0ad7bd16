import { showControls } from '../http/html.js';
import type { Exchange } from '../log/exchange.js';
import type { DevIssuerOptions } from '../options.js';
import type { DevIssuer } from '../start-dev-issuer.js';
import { folder } from './read-arguments.js';

/** What to know about an issuer that has just started. */
export function describeStart(
  { issuer, users, resourceServer }: DevIssuer,
  options: DevIssuerOptions,
): string {
  const { resources, scopes, tokens } = options;
  const scopeNames = Array.isArray(scopes) ? scopes : Object.keys(scopes ?? {});
  const lines = [
    `Practice issuer:  ${issuer}`,
    `What happens:     ${issuer}/`,
    `Users:            ${users.join(', ')}`,
    `Resources:        ${resources?.map(String).join(', ') ?? 'every URL on this machine'}`,
    `Scopes:           ${scopeNames.join(', ') || 'all that a client asks for'}`,
    `Keys and tokens:  ${folder} (--fresh forgets them)`,
  ];
  if (tokens === 'opaque') {
    lines.push(
      '',
      'Your server asks about its tokens (mode introspection):',
      `  introspection: { clientAuthentication: { method: 'client_secret_basic', clientId: '${resourceServer.clientId}', clientSecret: '${resourceServer.clientSecret}' } }`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** One line for the terminal. */
export function describeExchange({ time, title, reason, request, response }: Exchange): string {
  const head = `${time.slice(11, 19)} ${request.method} ${request.path} ${response.status}`;
  return showControls(`${head}  ${title}${reason === undefined ? '' : `: ${reason}`}`);
}
