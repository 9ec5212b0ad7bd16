import { createHash, createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { defineCases, type CaseDraft } from '../define-cases.js';
import { judgeAnswer } from '../judge-answer.js';
import type { Probe } from '../probe.js';
import { skipped } from '../verdict.js';

type Parts = Readonly<Record<string, unknown>>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Claims of a good token of the issuer that the server trusts, as far as anybody can know them. */
async function claimsFor(probe: Probe): Promise<Parts> {
  const servers = (await probe.document())?.authorization_servers;
  const issuer: unknown = Array.isArray(servers) ? servers[0] : undefined;
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: probe.hasIssuer ? probe.issuer.issuer : issuer,
    aud: await probe.resource(),
    sub: 'user-1',
    client_id: 'client-1',
    scope: (await probe.scopes()).join(' '),
    // Older than the key set that the server has: a key that is not in it is then none, and not one that will be
    iat: now - 300,
    exp: now + 300,
    jti: randomUUID(),
  };
}

interface Forged {
  readonly header: Parts;
  readonly sign: (input: string) => string;
}

/** A token that nobody has issued. */
function forgery(draft: Omit<CaseDraft, 'probe'>, forge: () => Forged): CaseDraft {
  return {
    ...draft,
    hostile: true,
    probe: async (probe) => {
      const { header, sign: signInput } = forge();
      const input = `${encode({ typ: 'at+jwt', ...header })}.${encode(await claimsFor(probe))}`;
      const token = `${input}.${signInput(input)}`;
      probe.conceal(token);
      let answer = await probe.call({ token });
      if (await probe.waitFor(answer)) answer = await probe.call({ token });
      if (answer.status === 503) return skipped('The server cannot verify any token at the moment.');
      return judgeAnswer(answer, 'unauthorized');
    },
  };
}

const fix =
  'Verify the signature with the keys that the issuer publishes, and with algorithms that you configured; take nothing from the header of the token.';

function unknownKey(shown: boolean): Forged {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = shown ? { jwk: publicKey.export({ format: 'jwk' }) } : {};
  return {
    header: { alg: 'ES256', kid: 'key-1', ...jwk },
    sign: (input) =>
      sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString(
        'base64url',
      ),
  };
}

/** What anybody can make who has read the metadata alone. */
export const forgedCases = defineCases('tokens', {
  'forged-unsigned': forgery(
    {
      title: 'a token without a signature is refused',
      requirements: ['RFC9068-2.1-01', 'RFC8725-3.2-01', 'MCP-2026-07-28-RS-015'],
      fix,
    },
    () => ({ header: { alg: 'none' }, sign: () => '' }),
  ),
  'forged-unknown-key': forgery(
    {
      title: 'a token that an unknown key has signed is refused',
      requirements: ['RFC9068-4-03', 'MCP-2026-07-28-RS-015', 'MCP-2026-07-28-RS-018'],
      fix,
    },
    () => unknownKey(false),
  ),
  'forged-key-in-header': forgery(
    {
      title: 'a key in the token verifies nothing',
      requirements: ['RFC8725-3.10-01', 'RFC9068-4-03'],
      fix,
    },
    () => unknownKey(true),
  ),
  'forged-hmac': forgery(
    {
      title: 'a token signed with a secret that everybody can guess is refused',
      requirements: ['RFC8725-3.1-01', 'RFC8725-3.5-01'],
      fix,
    },
    () => ({
      header: { alg: 'HS256' },
      sign: (input) => createHmac('sha256', 'secret').update(input).digest('base64url'),
    }),
  ),
  'forged-signature-of-nothing': forgery(
    {
      title: 'bytes instead of a signature are refused',
      requirements: ['RFC8725-3.3-01', 'RFC9068-4-03'],
      fix,
    },
    () => ({
      header: { alg: 'ES256', kid: 'key-1' },
      sign: (input) => createHash('sha512').update(input).digest('base64url'),
    }),
  ),
});
