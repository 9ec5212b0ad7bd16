import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createSocketServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { problems } from '../../src/doctor/problems/problems.js';
import { rememberSecret, searchSecretsAfterAll } from '../support/run-cli.js';
import { doctor } from './support/run-doctor.js';
import {
  type IssuerSettings,
  opaqueToken,
  startStandInIssuer,
  startStandInServer,
} from './support/stand-ins.js';
import { unauthorized, walk } from './support/walk.js';

searchSecretsAfterAll();
rememberSecret(opaqueToken);

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, mcp-protocol-version',
};
const page = ['--headless', '--origin', 'https://page.example.org'];

describe('at the server', () => {
  it('http outside of this machine, asked through a proxy of the environment', async () => {
    const { origin } = await startStandInServer({ issuer: 'http://127.0.0.1:9' });
    const proxy = createServer((request, response) => {
      void fetch(`${origin}${new URL(request.url ?? '', 'http://x').pathname}`, { method: 'POST' }).then(
        (answer) => response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(),
      );
    });
    proxy.on('connect', (_request, socket) => {
      const through = connect(Number(new URL(origin).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        through.pipe(socket).pipe(through);
      });
      through.on('error', () => socket.destroy());
      socket.on('error', () => through.destroy());
    });
    const port = await listen(proxy);
    const env = { HTTP_PROXY: `http://127.0.0.1:${port}` };
    const { broken, brokenStep } = await doctor('http://mcp.example.com/mcp', [], { env });
    expect([brokenStep, broken?.id]).toEqual(['tls', 'doctor/insecure-http']);
  });

  it('something that does not speak HTTP', async () => {
    const port = await listen(
      createSocketServer((socket) =>
        socket.on('error', () => undefined).end('220 mail.example.com ESMTP\r\n'),
      ),
    );
    const { broken, brokenStep } = await doctor(`http://127.0.0.1:${port}/mcp`);
    expect([brokenStep, broken?.id]).toEqual(['server', 'doctor/not-http']);
  });
});

describe('as a page', () => {
  it('a challenge that it cannot read', async () => {
    const { broken } = await walk(
      { first: ({ method }) => (method === 'OPTIONS' ? { status: 204, headers: cors } : undefined) },
      {},
      page,
    );
    expect(broken?.id).toBe('doctor/challenge-hidden');
  });

  it('metadata that it cannot read', async () => {
    const { broken } = await walk(
      {
        first: ({ method, path }) => {
          if (method === 'OPTIONS') return { status: 204, headers: cors };
          const headers = { ...cors, 'access-control-expose-headers': '*', 'www-authenticate': 'Bearer' };
          return path === '/mcp' ? { status: 401, headers } : undefined;
        },
      },
      {},
      page,
    );
    expect(broken?.id).toBe('doctor/metadata-hidden');
  });
});

describe('in documents', () => {
  it('a resource above the URL is noticed', async () => {
    const { notes, passed } = await walk({ metadata: (origin) => ({ resource: origin }) });
    expect(notes).toContain('doctor/resource-above');
    expect(passed).toContain('resource-metadata');
  });

  it.each<[what: string, issuer: IssuerSettings, id: string]>([
    [
      'a member of the wrong type',
      { metadata: () => ({ scopes_supported: 'all' }) },
      'server-metadata-invalid',
    ],
  ])('%s breaks the step', async (_what, issuer, id) => {
    const { broken, brokenStep } = await walk({}, issuer);
    expect([brokenStep, broken?.id]).toEqual(['server-metadata', `doctor/${id}`]);
  });

  it('a page instead of the metadata of the authorization server', async () => {
    const { origin } = await startStandInServer({ issuer: '', first: () => ({ text: '<!doctype html>' }) });
    const { broken } = await walk({ metadata: () => ({ authorization_servers: [origin] }) });
    expect(broken?.id).toBe('doctor/server-metadata-unreadable');
  });

  it('the OpenID document alone is noticed by clients that look for the other only', async () => {
    const { notes } = await walk({}, { wellKnown: (path) => `${path}/.well-known/openid-configuration` }, [
      '--headless',
      '--revision',
      '2025-06-18',
    ]);
    expect(notes).toContain('doctor/openid-only');
  });
});

describe('on the way in', () => {
  it('a registration that is refused without a reason that is known', async () => {
    const register = () => ({
      status: 400,
      json: { error: 'invalid_client_metadata', error_description: 'no' },
    });
    expect((await walk({}, { register })).broken?.id).toBe('doctor/registration-refused');
  });

  it.each([
    ['2025-11-25', undefined],
    ['2026-07-28', 'native'],
  ])('clients of MCP %s register with the application_type %s', async (revision, type) => {
    const registered: unknown[] = [];
    const register = (metadata: Readonly<Record<string, unknown>>) => {
      registered.push(metadata['application_type']);
      return { status: 400, json: { error: 'invalid_client_metadata' } };
    };
    await walk({}, { register }, ['--headless', '--revision', revision]);
    expect(registered).toEqual([type]);
  });

  it('a page with an error instead of a login', async () => {
    const { broken } = await walk(
      {},
      { metadata: (origin) => ({ authorization_endpoint: `${origin}/nowhere` }) },
    );
    expect(broken).toMatchObject({ id: 'doctor/login-page', message: expect.stringContaining('404') });
  });

  it('no refresh token, and a token that only the server can read, are noticed', async () => {
    const { notes } = await walk({});
    expect(notes).toEqual(expect.arrayContaining(['doctor/no-refresh-token', 'doctor/token-opaque']));
  });

  it('a refresh that brings a token which the server refuses', async () => {
    const [refresh, renewed] = [
      rememberSecret('refresh-token-0123456789-a'),
      rememberSecret('renewed-token-0123456789-b'),
    ];
    const { broken } = await walk(
      {
        call: ({ headers }) =>
          headers.authorization === `Bearer ${renewed}`
            ? unauthorized('Bearer error="invalid_token"')
            : undefined,
      },
      {
        token: (form) => ({
          json:
            form.get('grant_type') === 'refresh_token'
              ? { access_token: renewed, token_type: 'Bearer' }
              : { access_token: opaqueToken, token_type: 'Bearer', refresh_token: refresh },
        }),
      },
    );
    expect(broken).toMatchObject({ id: 'doctor/refresh-useless', area: 'refresh' });
  });
});

describe('a token that can be read', () => {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const sign = (header: object, claims: object): string =>
    rememberSecret(
      `${encode({ alg: 'ES256', ...header })}.${encode(claims)}.${Buffer.alloc(64, 9).toString('base64url')}`,
    );
  const claims = { aud: 'https://another.example.com', sub: 'a', exp: 4_000_000_000 };

  it('is for another audience and taken all the same, which is noticed', async () => {
    const { issuer } = await startStandInIssuer();
    const { origin } = await startStandInServer({ issuer });
    const env = { MCP_AUTH_TOKEN: sign({}, { ...claims, iss: issuer }) };
    const { notes, exitCode, passed } = await doctor(`${origin}/mcp`, [], { env });
    expect(notes).toContain('doctor/accepted-all-the-same');
    expect(passed).toContain('call');
    expect(exitCode).toBe(0);
  });

  it('has a header that no server takes', async () => {
    const { issuer } = await startStandInIssuer();
    const { origin } = await startStandInServer({
      issuer,
      call: () => unauthorized('Bearer error="invalid_token"'),
    });
    const env = {
      MCP_AUTH_TOKEN: sign({ crit: ['x'], x: 1 }, { ...claims, iss: issuer, aud: `${origin}/mcp` }),
    };
    const { broken } = await doctor(`${origin}/mcp`, [], { env });
    expect(broken?.id).toBe('doctor/token-unfit');
  });
});

it('every finding has a test that names it', () => {
  const folder = new URL('./', import.meta.url);
  const tests = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  expect(Object.keys(problems).filter((id) => !new RegExp(`['/ ]${id}'`).test(tests))).toEqual([]);
});
