import { reject, type RejectedToken } from '../token/verification.js';
import type { TrustedIssuer } from './trusted-issuer.js';

/**
 * Refuses a token whose issuer is not trusted, with a hint where it belongs to a trusted one: another address of the same provider, as
 * in a container network, or the name that its metadata has for access tokens.
 */
export function rejectUntrusted(
  iss: unknown,
  issuers: Iterable<readonly [name: string, issuer: TrustedIssuer]>,
): RejectedToken {
  const trustedIssuers = [...issuers];
  const expected = trustedIssuers.map(([name]) => name);
  const rejected = reject('untrusted_issuer', 'iss', { expected, actual: iss });
  const named = splitAddress(iss);
  for (const [name, { accessTokenIssuer }] of trustedIssuers) {
    const stated = accessTokenIssuer?.();
    if (stated !== undefined && stated === iss) return { ...rejected, hint: explainStated(name, stated) };
    const near = explainNearMiss(name, iss);
    if (near !== undefined) return { ...rejected, hint: near };
    if (iss === federationServiceOf(name)) return { ...rejected, hint: explainFederation(name) };
    if (named === undefined) continue;
    const trusted = splitAddress(name);
    // Another port of the same host is another server
    if (trusted?.place !== named.place || trusted.host === named.host) continue;
    const hint = `The token names another address than ${name}, and all else of it. If this provider has two addresses, as in a container network, write the one in its tokens, and where its keys are from here: { metadata: { issuer, jwksUri } }.`;
    return { ...rejected, hint };
  }
  return rejected;
}

/** RFC 8414 §2: issuers are compared as they are written. The token's is the one that was signed. */
function explainNearMiss(trusted: string, iss: unknown): string | undefined {
  if (typeof iss !== 'string' || iss.length > 500) return undefined;
  if (iss === `${trusted}/` || trusted === `${iss}/`) {
    return `They differ in a slash at the end. Write the issuer as its tokens have it, ${iss.length > trusted.length ? 'with' : 'without'} the slash`;
  }
  if (iss.toLowerCase() === trusted.toLowerCase()) {
    return 'They differ in upper and lower case. Write the issuer as its tokens have it';
  }
  const tenant = entraTenant.exec(iss)?.[1];
  return tenant !== undefined && tenant === entraTenant.exec(trusted)?.[1]
    ? 'Entra ID has two issuers for one tenant, by the version of its tokens. Use entra({ tenantId, … }), which knows both'
    : undefined;
}

const entraTenant =
  /^https:\/\/(?:login\.microsoftonline\.com|sts\.windows\.net)\/([\da-f-]{36})(?:\/|\/v2\.0\/?)?$/;

interface Address {
  /** With the scheme, without the port. */
  readonly host: string;
  /** The path, or the port where there is no path. */
  readonly place: string;
}

const address = /^(https?:\/\/[^/?#:@]+)(:\d+)?(\/[^?#]*)?$/i;

/** Nothing for an issuer with neither path nor port, which all providers have in common. */
function splitAddress(issuer: unknown): Address | undefined {
  const [, host = '', port = '', path = ''] = (typeof issuer === 'string' && address.exec(issuer)) || [];
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path;
  const place = trimmed === '' ? port : trimmed;
  return place === '' ? undefined : { host: host.toLowerCase(), place };
}

/** AD FS: the usual identifier of the federation service whose OpenID issuer this is, which is the `iss` of its access tokens. */
function federationServiceOf(issuer: string): string | undefined {
  const host = /^https:\/\/([^/]+)\/adfs$/i.exec(issuer)?.[1];
  return host === undefined ? undefined : `http://${host}/adfs/services/trust`;
}

function explainFederation(issuer: string): string {
  return `AD FS names itself ${federationServiceOf(issuer) ?? ''} in access tokens, and ${issuer} elsewhere. Use adfs({ host }), or write tokenIssuers.`;
}

function explainStated(issuer: string, stated: string): string {
  return `The metadata of ${issuer} says that its access tokens name ${stated} as their issuer. If that is right, write tokenIssuers: [${JSON.stringify(stated)}].`;
}
