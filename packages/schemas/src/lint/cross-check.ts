import type { Finding } from './finding.js';
import { inspect, Inspection } from './inspection.js';
import { isObject } from '../runtime/report.js';

/**
 * Compares the document of a resource with that of one of its authorization servers.
 *
 * *Checks* that each names the other, where both list anything at all. *Does not check* either document by itself.
 * Never throws. Paths are those of the resource's document, except for `protected_resources`.
 *
 * @see RFC 9728 section 4
 * @example
 * ```ts
 * import { crossCheckMetadata } from '@mcp-auth/schemas';
 *
 * const findings = crossCheckMetadata(
 *   { resource: 'https://api.example.com/mcp', authorization_servers: ['https://auth.example.com'] },
 *   { issuer: 'https://auth.example.com', response_types_supported: ['code'] },
 * );
 * ```
 */
export const crossCheckMetadata = (
  protectedResource: unknown,
  authorizationServer: unknown,
): readonly Finding[] =>
  inspect(protectedResource, (look) => {
    const server = new Inspection(isObject(authorizationServer) ? authorizationServer : {});
    const servers = look.strings('authorization_servers');
    const resources = server.strings('protected_resources');
    const { resource } = look.document;
    const { issuer } = server.document;
    const add = (path: string, message: string, fix: string) => {
      look.add('not-cross-listed', 'warning', path, 'RFC9728-4-01', message, fix);
    };
    if (typeof issuer === 'string' && servers && !servers.includes(issuer)) {
      add(
        'authorization_servers',
        'The resource does not name this authorization server.',
        'Add its issuer.',
      );
    }
    if (typeof resource === 'string' && resources && !resources.includes(resource)) {
      add(
        'protected_resources',
        'The authorization server does not name this resource.',
        'Add its identifier.',
      );
    }
  });
