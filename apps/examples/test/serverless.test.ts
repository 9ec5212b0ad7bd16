import { type AuthorizationServer, startAuthorizationServer } from '@mcp-auth/app-demo';
import { MCPAuth } from '@mcp-auth/express';
import express from 'express';
import serverless from 'serverless-http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const prefix = 'https://mcp.example.com/notes';
const metadata = `${prefix}/.well-known/oauth-protected-resource/mcp`;

const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
});

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
type Handler = (event: object, context: object) => Promise<object>;

interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly authorization?: readonly string[];
  readonly host?: string;
  readonly body?: string;
}

/** Events as API Gateway makes them: their members are those of its documentation, as of November 2026. */
const events = {
  // REST: `path` is without the stage, unless a custom domain maps a base path
  'version 1': ({ path, method = 'POST', authorization = [], host = 'mcp.example.com', body }: Sent) => ({
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: {
      Host: host,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      ...(authorization.length > 0 && { Authorization: authorization.at(-1) }),
    },
    multiValueHeaders: {
      Host: [host],
      'Content-Type': ['application/json'],
      Accept: ['application/json, text/event-stream'],
      ...(authorization.length > 0 && { Authorization: authorization }),
    },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: { stage: 'notes', path, httpMethod: method, identity: { sourceIp: '192.0.2.7' } },
    body: body ?? null,
    isBase64Encoded: false,
  }),
  // HTTP: `rawPath` is with the stage, unless it is $default
  'version 2': ({ path, method = 'POST', authorization = [], host = 'mcp.example.com', body }: Sent) => ({
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: {
      host,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      // It joins what came twice
      ...(authorization.length > 0 && { authorization: authorization.join(',') }),
    },
    requestContext: { http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.7' }, stage: 'notes' },
    body: body === undefined ? undefined : Buffer.from(body).toString('base64'),
    isBase64Encoded: body !== undefined,
  }),
};

let authorizationServer: AuthorizationServer;
let handler: Handler;
beforeAll(async () => {
  authorizationServer = await startAuthorizationServer(0);
  vi.stubEnv('ISSUER', authorizationServer.issuer);
  vi.stubEnv('PUBLIC_PREFIX', prefix);
  handler = (await import('../src/recipes/lambda.js')).handler;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await authorizationServer.close();
});

describe.each(Object.entries(events))('serverless-http, events of API Gateway %s', (version, createEvent) => {
  const base = version === 'version 1' ? '' : '/notes';

  const send = async (sent: Sent) => (await handler(createEvent(sent), {})) as Answer;
  const challenge = ({ headers }: Answer) => headers['www-authenticate'];
  const bearer = async (audience = `${prefix}/mcp`) => {
    const claims = { audience, subject: 'alice', scopes: ['notes:read'], expiresInSeconds: 60 };
    return `Bearer ${await authorizationServer.sign(claims)}`;
  };

  test('no token: the challenge names the public address of the document, behind the stage', async () => {
    const answer = await send({ path: `${base}/mcp`, body: initialize });
    expect(answer.statusCode).toBe(401);
    expect(challenge(answer)).toBe(`Bearer scope="notes:read", resource_metadata="${metadata}"`);
  });

  test('a token for another resource', async () => {
    const authorization = [await bearer('https://other.example.com/mcp')];
    const answer = await send({ path: `${base}/mcp`, body: initialize, authorization });
    expect(answer.statusCode).toBe(401);
    expect(challenge(answer)).toContain('error="invalid_token"');
  });

  test('two Authorization headers: joined in version 2 and refused; of version 1 the last alone is to be seen', async () => {
    const [good, bad] = [await bearer(), await bearer('https://other.example.com/mcp')];
    const statusOf = async (...authorization: readonly string[]) =>
      (await send({ path: `${base}/mcp`, body: initialize, authorization })).statusCode;
    const seen = version === 'version 1' ? [200, 401] : [400, 400];
    expect([await statusOf(bad, good), await statusOf(good, bad)]).toEqual(seen);
  });

  test('another Host', async () => {
    expect((await send({ path: `${base}/mcp`, host: 'evil.example', body: initialize })).statusCode).toBe(
      403,
    );
  });

  test.each(['TRACE', 'OPTIONS', 'PUT'])('%s without a token is no error of the server', async (method) => {
    expect((await send({ path: `${base}/mcp`, method })).statusCode).toBeLessThan(500);
  });

  test('the document', async () => {
    const answer = await send({ path: `${base}/.well-known/oauth-protected-resource/mcp`, method: 'GET' });
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ resource: `${prefix}/mcp` });
  });

  test('a token of its own, and a body that was read before', async () => {
    const answer = await send({ path: `${base}/mcp`, body: initialize, authorization: [await bearer()] });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('"serverInfo"');
  });

  test('failed attempts count for the address in the event', async () => {
    const mcpAuth = new MCPAuth({
      resource: `${prefix}/mcp`,
      authorizationServers: [authorizationServer.issuer],
      limits: { failedAttempts: { max: 1 } },
      onEvent: () => undefined,
    });
    const limited = serverless(express().use(mcpAuth.bearerAuth()));
    const statusFrom = async (sourceIp: string, token: string) => {
      const event = createEvent({ path: '/mcp', authorization: [`Bearer ${token}`] });
      const context = { ...event.requestContext, identity: { sourceIp }, http: { method: 'POST', sourceIp } };
      return ((await limited({ ...event, requestContext: context }, {})) as Answer).statusCode;
    };
    expect(await statusFrom('192.0.2.7', 'bad-1')).toBe(401);
    expect(await statusFrom('192.0.2.7', 'bad-2')).toBe(429);
    expect(await statusFrom('192.0.2.8', 'bad-3')).toBe(401);
  });
});
