import { readFileSync } from 'node:fs';
import { generateKeyPairSync, type ED25519KeyPairOptions } from 'node:crypto';
import { exportJWK, importPKCS8, importSPKI, SignJWT } from 'jose';

export type Json = Readonly<Record<string, unknown>>;

/** What the documentation of a provider says of its access tokens: what the page of the provider shows, too. */
export interface Shape {
  /** Where the provider shows it. */
  readonly source: string;
  /** Of the document, or when it was read. */
  readonly date: string;
  readonly header: Json;
  readonly payload: Json;
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

export function readShape(name: string): Shape {
  return JSON.parse(read(`../shapes/${name}.json`)) as Shape;
}

/** A document as a provider published it, with the names that its page uses put in. */
export function readRecorded(name: string, names: readonly (readonly [string, string])[] = []): Json {
  const text = read(`../../../../../packages/schemas/fixtures/provider-metadata/${name}.json`);
  return JSON.parse(names.reduce((result, [from, to]) => result.replaceAll(from, to), text)) as Json;
}

/** A document from elsewhere: recorded by others, with the names of a page put in, or written after documentation. */
export function readDocument(name: string): Json {
  return JSON.parse(read(`../documents/${name}.json`)) as Json;
}

/** Every provider at once, in place of the network: documents by URL, and the same keys behind every key set that they name. */
export interface Issuers {
  readonly fetch: typeof fetch;
  /** Signs a token of a shape that is valid now. A claim that is set to `undefined` is left out. */
  sign(header: Json, payload: Json): Promise<string>;
}

const algorithms = ['RS256', 'ES256', 'ES384'] as const;
type Algorithm = (typeof algorithms)[number];

const encoding: ED25519KeyPairOptions<'pem', 'pem'> = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};

function generatePem(alg: Algorithm): { readonly publicKey: string; readonly privateKey: string } {
  if (alg === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2048, ...encoding });
  return generateKeyPairSync('ec', { namedCurve: alg === 'ES256' ? 'P-256' : 'P-384', ...encoding });
}

async function createKey(alg: Algorithm) {
  const pem = generatePem(alg);
  const publicKey = await importSPKI(pem.publicKey, alg, { extractable: true });
  return {
    privateKey: await importPKCS8(pem.privateKey, alg),
    jwk: { ...(await exportJWK(publicKey)), kid: alg, use: 'sig', alg },
  };
}

/** @param answers - by URL: a document, or what answers a request */
export async function createIssuers(
  answers: Readonly<Record<string, Json | ((request: Request) => Promise<Response>)>>,
): Promise<Issuers> {
  const keys = new Map<unknown, Awaited<ReturnType<typeof createKey>>>();
  for (const alg of algorithms) keys.set(alg, await createKey(alg));
  const keySet = { keys: [...keys.values()].map(({ jwk }) => jwk) };
  const keySetUrls = new Set(
    Object.values(answers).map((answer) => (typeof answer === 'function' ? undefined : answer.jwks_uri)),
  );
  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const answer = answers[request.url];
      if (typeof answer === 'function') return answer(request);
      if (answer !== undefined) return Response.json(answer);
      if (keySetUrls.has(request.url)) return Response.json(keySet);
      return new Response('not found', { status: 404 });
    },
    sign: async (header, payload) => {
      const key = keys.get(header.alg);
      if (key === undefined) throw new Error(`No key for ${String(header.alg)}: add it to the algorithms.`);
      const now = Math.floor(Date.now() / 1000);
      const times = {
        iat: now - 10,
        exp: now + 3600,
        ...(payload.nbf === undefined ? {} : { nbf: now - 10 }),
      };
      const alg = String(header.alg);
      return new SignJWT({ ...payload, ...times })
        .setProtectedHeader({ ...header, alg, kid: alg })
        .sign(key.privateKey);
    },
  };
}
