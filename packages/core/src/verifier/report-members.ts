import { unknownOption } from '../errors/unknown-option.js';
import type { MCPAuthConfigError } from '../errors/config-error.js';
import type { SdkTokenInfo, TokenInfo } from './token-info.js';

/** What the reports of one kind of functions may have. */
export interface ReportMembers {
  /** How errors name what was returned. */
  readonly path: string;
  readonly known: readonly string[];
}

const ofToken: Readonly<Record<keyof TokenInfo | keyof SdkTokenInfo, true>> = {
  ...{ issuer: true, clientId: true, scopes: true, audience: true, subject: true, expiresAt: true },
  ...{ claims: true, token: true, resource: true, extra: true },
};

/** OAuth Token Introspection Response (RFC 7662 §3.1): functions may return what an endpoint has answered. */
const ofAnswer = [
  ...['active', 'iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'scope', 'client_id', 'username'],
  ...['token_type', 'token_use', 'cnf', 'act', 'may_act', 'acr', 'amr', 'auth_time', 'permissions'],
  ...['authorization_details', 'vot', 'vtm'],
];

export const tokenReport: ReportMembers = {
  path: 'verifyAccessToken()',
  known: [...Object.keys(ofToken), ...ofAnswer],
};

/** Keys have fewer of them; what else is said of one that no key has speaks against it, as `cnf` and another `issuer` do. */
export const keyReport: ReportMembers = { path: 'verify()', known: tokenReport.known };

/** Names under which people write the confirmation of a token, `cnf` (RFC 7800 §3.1), in small letters and without signs. */
const confirmationNames: ReadonlySet<string> = new Set([
  ...['cnf', 'confirmation', 'confirmationmethod', 'senderconstraint', 'jkt', 'cnfjkt', 'dpopjkt'],
  ...['x5ts256', 'cnfx5ts256', 'jwkthumbprint', 'certificatethumbprint'],
]);

const writeCnf = 'Write cnf: { jkt } or cnf: { "x5t#S256" } for what the token is bound to (RFC 7800 §3.1).';

/**
 * What a function returns is closed, as options are: a member that nobody reads may be the one that speaks against the token, such as the
 * key that it is bound to, under a name of the function's own.
 *
 * Checks: names of members that are not `undefined`; in `claims` and `extra`, which hold what they like, only those that look like a
 * confirmation and are not called `cnf`. Does not check: values.
 *
 * @param token - no part of which is shown
 * @throws {MCPAuthConfigError} `unknown_option`
 */
export function checkReportMembers(report: object, token: string, { path, known }: ReportMembers): void {
  for (const name of namesOf(report)) {
    if (!known.includes(name)) throw unknownMember(name, token, path, known);
  }
  for (const place of ['claims', 'extra'] as const) {
    const claims = (report as { readonly claims?: unknown; readonly extra?: unknown })[place];
    if (typeof claims !== 'object' || claims === null) continue;
    for (const name of namesOf(claims)) {
      if (name !== 'cnf' && isConfirmation(name))
        throw unknownMember(name, token, `${path}.${place}`, ['cnf']);
    }
  }
}

function namesOf(object: object): readonly string[] {
  return Object.keys(object).filter(
    (name) => (object as Readonly<Record<string, unknown>>)[name] !== undefined,
  );
}

function isConfirmation(name: string): boolean {
  return confirmationNames.has(
    name
      .slice(0, 64)
      .replaceAll(/[^a-z\d]/gi, '')
      .toLowerCase(),
  );
}

function unknownMember(
  name: string,
  token: string,
  path: string,
  known: readonly string[],
): MCPAuthConfigError {
  // A name that nobody chose for a member may be made of the token
  const isShown = /^[\w#@.-]{1,40}$/.test(name) && !token.includes(name);
  const shown = isShown ? name : 'a name that is not shown';
  const elsewhere = isConfirmation(name) ? { [shown]: writeCnf } : {};
  return unknownOption(shown, known, path, { elsewhere, note: 'Put everything else into claims.' });
}
