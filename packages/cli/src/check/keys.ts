import { createPublicKey } from 'node:crypto';
import { explainToken } from '@mcp-auth/core/explain';
import type { Exchange } from '../net/exchange.js';
import type { Finding } from '../report/report.js';

/** Members that only whoever signs may know (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

type Jwk = Readonly<Record<string, unknown>>;

/** Whether the keys of an issuer are ones that its tokens can be verified with, here and elsewhere. */
export async function judgeKeys(
  document: unknown,
  issuer: string,
  exchange: Exchange,
): Promise<readonly Finding[]> {
  const keys = readKeys(document);
  const finding = (
    id: string,
    severity: Finding['severity'],
    title: string,
    clause: string,
    problem: { readonly message: string; readonly fix: string } | undefined,
  ): Finding => ({
    id: `keys/${id}`,
    area: 'keys',
    severity,
    outcome: problem === undefined ? 'passed' : 'failed',
    title,
    clause,
    ...problem,
    ...(problem !== undefined && { exchange }),
  });
  const shown = keys.filter((key) => privateMembers.some((member) => Object.hasOwn(key, member)));
  const small = keys.filter((key) => key['kty'] === 'RSA' && rsaBits(key) < 2048);
  const nameless = keys.length > 1 ? keys.filter(({ kid }) => typeof kid !== 'string') : [];
  return [
    finding(
      'usable',
      'MUST',
      'The key set has a key that tokens can be verified with',
      'RFC 9068 §4',
      (await hasUsableKey(document, issuer))
        ? undefined
        : {
            message: `None of ${keys.length} keys can verify a signature with an asymmetric algorithm.`,
            fix: 'Publish the public RSA, EC or Ed25519 keys that sign access tokens, with use sig or none.',
          },
    ),
    finding(
      'public',
      'MUST',
      'The key set has public keys only',
      'RFC 7517 §9.2',
      shown.length === 0
        ? undefined
        : {
            message: `${shown.length} of ${keys.length} keys have private members: whoever reads them can sign tokens.`,
            fix: 'Take these keys out now, replace them, and publish their public halves only.',
          },
    ),
    finding(
      'size',
      'MUST',
      'RSA keys have at least 2048 bits',
      'RFC 7518 §3.3',
      small.length === 0
        ? undefined
        : { message: `${small.length} RSA keys are smaller.`, fix: 'Sign with a key of 2048 bits or more.' },
    ),
    finding(
      'names',
      'SHOULD',
      'Each of several keys has an id',
      'RFC 7517 §4.5',
      nameless.length === 0
        ? undefined
        : {
            message: `${nameless.length} of ${keys.length} keys have no kid.`,
            fix: 'Publish each key with its kid, and write it into tokens.',
          },
    ),
    {
      id: 'keys/list',
      area: 'keys',
      severity: 'note',
      outcome: 'passed',
      title:
        keys.length === 0 ? 'The key set is empty' : `Keys: ${keys.slice(0, 20).map(describeKey).join('; ')}`,
    },
  ];
}

function readKeys(document: unknown): readonly Jwk[] {
  const keys =
    typeof document === 'object' && document !== null ? (document as { keys?: unknown }).keys : undefined;
  return Array.isArray(keys)
    ? keys.filter((key): key is Jwk => typeof key === 'object' && key !== null && !Array.isArray(key))
    : [];
}

/** By the judgement of the engine: a set without one is an error of its configuration. */
async function hasUsableKey(jwks: unknown, issuer: string): Promise<boolean> {
  try {
    await explainToken('none', {
      resource: 'https://resource.invalid',
      authorizationServers: [{ issuer, jwks }],
    });
    return true;
  } catch {
    return false;
  }
}

function rsaBits(key: Jwk): number {
  const { n, e } = key;
  if (typeof n !== 'string' || typeof e !== 'string') return 0;
  try {
    return (
      createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' }).asymmetricKeyDetails?.modulusLength ?? 0
    );
  } catch {
    return 0;
  }
}

function describeKey(key: Jwk): string {
  const kind =
    key['kty'] === 'RSA' ? `RSA ${rsaBits(key)}` : [key['kty'], key['crv']].filter(isText).join(' ');
  const facts = [key['alg'], key['use'], key['kid']].filter(isText);
  return [kind, ...facts.map((fact) => fact.slice(0, 60))].join(' ');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
