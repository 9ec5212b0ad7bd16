import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readQuotedFile } from './support/quoted-file.js';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly serviceAccountName: string;
        readonly containers: readonly [
          { readonly env: readonly { readonly name: string; readonly value: string }[] },
        ];
      };
    };
    readonly serviceAccountName: string;
    readonly volumes: readonly [
      {
        readonly projected: {
          readonly sources: readonly [{ readonly serviceAccountToken: { audience: string } }];
        };
      },
    ];
  };
}

const manifests = parseAllDocuments(readQuotedFile('containers/kubernetes.yaml')).map(
  (document) => document.toJS() as Manifest,
);
const find = (kind: string) => manifests.find((manifest) => manifest.kind === kind)!;
const deployment = find('Deployment').spec.template.spec;
const pod = find('Pod');
const settings = Object.fromEntries(deployment.containers[0].env.map(({ name, value }) => [name, value]));
const { RESOURCE, ISSUER, KEYS } = settings as Readonly<Record<'RESOURCE' | 'ISSUER' | 'KEYS', string>>;

describe('the manifests agree', () => {
  test('the token of the caller is for the resource', () => {
    const [{ projected }] = pod.spec.volumes;
    expect(projected.sources[0].serviceAccountToken.audience).toBe(RESOURCE);
  });

  test('keys are fetched at the address of the issuer', () => {
    expect(KEYS).toBe(`${ISSUER}/openid/v1/jwks`);
  });

  test('every account that a pod names is made', () => {
    const accounts = manifests
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ metadata }) => metadata);
    expect(accounts).toEqual([
      { name: deployment.serviceAccountName, namespace: 'tools' },
      { name: pod.spec.serviceAccountName, namespace: 'agents' },
    ]);
  });
});

/** A stand-in for the API server: its keys, for callers with the token of this moment. It is reached without TLS and by no name. */
describe('with the settings of the manifests and a stand-in for the API server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-auth-kubernetes-'));
  const tokenFile = join(folder, 'token');
  let apiServer: RunningServer;
  let server: Server;
  let origin: string;
  let valid = 'first';
  const answers: number[] = [];
  let signingKey: CryptoKey;

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    signingKey = privateKey;
    const key = { ...(await exportJWK(publicKey)), kid: 'cluster', use: 'sig', alg: 'RS256' };
    apiServer = await listen(
      (request, response) => {
        const status = request.headers.authorization === `Bearer ${valid}` ? 200 : 401;
        answers.push(status);
        response.writeHead(status, { 'content-type': 'application/jwk-set+json' });
        response.end(status === 200 ? JSON.stringify({ keys: [key] }) : '{"kind":"Status","code":401}');
      },
      0,
      '127.0.0.1',
    );
    const real = globalThis.fetch;
    vi.stubGlobal('fetch', (url: string | URL | Request, init?: RequestInit) =>
      real(url === KEYS ? `http://127.0.0.1:${apiServer.port}/openid/v1/jwks` : url, init),
    );
    const here = { TOKEN_FILE: tokenFile, PORT: '0', HOST: '127.0.0.1' };
    for (const [name, value] of Object.entries({ ...settings, ...here })) vi.stubEnv(name, value);
    ({ server } = await import('../src/recipes/kubernetes.js'));
    if (!server.listening) await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    server.close();
    await apiServer.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    answers.length = 0;
  });

  /** As the API server makes them: no typ, no scope, no client, the audience in a list. */
  const sign = (claims: Readonly<Record<string, unknown>> = {}, subject = 'agents:report-agent') => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      aud: [RESOURCE],
      iss: ISSUER,
      exp: now + 3600,
      iat: now,
      nbf: now,
      jti: 'a3a1a3a4-0000-4000-8000-000000000000',
      'kubernetes.io': { namespace: 'agents', serviceaccount: { name: 'report-agent', uid: 'u' } },
      sub: `system:serviceaccount:${subject}`,
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'cluster' })
      .sign(signingKey);
  };
  const post = async (token: string) =>
    fetch(`${origin}/mcp`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });

  test('without a token of its own the server is not ready, and says it cannot tell', async () => {
    writeFileSync(tokenFile, 'none\n');
    expect((await post(await sign())).status).toBe(503);
    expect(new Set(answers)).toEqual(new Set([401]));
    expect((await fetch(`${origin}/ready`)).status).toBe(503);
  });

  test('the token is read anew for each fetch: what Kubernetes renews in the file is used', async () => {
    valid = 'renewed';
    writeFileSync(tokenFile, 'renewed\n');
    await vi.waitFor(async () => expect((await fetch(`${origin}/ready`)).status).toBe(204), {
      timeout: 30_000,
      interval: 200,
    });
    expect(answers.at(-1)).toBe(200);
  });

  test.each([
    ['for the API server', { aud: [ISSUER] }, undefined],
    ['of another cluster', { iss: 'https://other.example.com' }, undefined],
    ['of another account', {}, 'agents:other'],
    ['of an account of the same name elsewhere', {}, 'default:report-agent'],
    ['whose account is a name of JavaScript', { sub: 'constructor' }, undefined],
  ])('a token %s is refused', async (_name, claims, subject) => {
    expect((await post(await sign(claims, subject))).status).toBe(401);
  });

  test('a projected token passes, with the scopes that are written for its account', async () => {
    const response = await post(await sign());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ account: 'system:serviceaccount:agents:report-agent' });
  });
});
