import { readFileSync } from 'node:fs';
import { exportJWK, importPKCS8, importSPKI, SignJWT } from 'jose';
import { generatePem } from '../../support/generate-pem.js';
import type { FetchFunction } from '../../../src/index.js';

type Json = Readonly<Record<string, unknown>>;

/** Where every clock of these tests stands, in seconds. */
export const now = 1_790_000_000;

/** A provider that answers from memory: its metadata, its key set, and tokens signed with its key. */
export interface FakeProvider {
  readonly fetch: FetchFunction;
  /** Every URL that was asked for. */
  readonly requested: readonly string[];
  /** Signs a token. `iat` and `exp` are added; a claim set to `undefined` is left out. */
  sign(claims: Json, header?: { readonly typ?: string }): Promise<string>;
}

/** A published document with the names of this test's tenant put in. */
export function readDocument(provider: string, names: readonly (readonly [string, string])[] = []): Json {
  const text = readFileSync(new URL(`../../fixtures/providers/${provider}.json`, import.meta.url), 'utf8');
  return JSON.parse(names.reduce((result, [from, to]) => result.replaceAll(from, to), text)) as Json;
}

/** @param documents - metadata by URL; `keySets` are URLs that serve the key set and appear in no document */
export async function createFakeProvider(
  documents: Readonly<Record<string, Json>>,
  keySets: readonly string[] = [],
): Promise<FakeProvider> {
  const pem = generatePem('RS256');
  const privateKey = await importPKCS8(pem.privateKey, 'RS256');
  const publicKey = await importSPKI(pem.publicKey, 'RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', use: 'sig', alg: 'RS256' };
  const keySetUrls = new Set<unknown>([...keySets, ...Object.values(documents).map((one) => one.jwks_uri)]);
  const requested: string[] = [];
  return {
    requested,
    fetch: (url) => {
      requested.push(url);
      if (keySetUrls.has(url)) return Promise.resolve(Response.json({ keys: [jwk] }));
      const document = documents[url];
      return Promise.resolve(
        document === undefined ? new Response('not found', { status: 404 }) : Response.json(document),
      );
    },
    sign: (claims, header) =>
      new SignJWT({ iat: now - 10, exp: now + 3600, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1', ...(header ?? { typ: 'JWT' }) })
        .sign(privateKey),
  };
}
