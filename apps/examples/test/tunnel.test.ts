import { get, request as forward } from 'node:http';
import { createApp } from '@mcp-auth/app-todo-manager';
import { listen, type RunningServer } from '@mcp-auth/app-sample-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const name = 'tall-tree-17.tunnel.example';
const resource = `https://${name}/mcp`;

/**
 * A stand-in for ngrok and cloudflared, which need an account or the internet: it ends TLS elsewhere and hands requests on over
 * plain HTTP. `Host` stays what clients wrote, which both do unless they are told to rewrite it.
 */
function startTunnel(to: number, rewrite?: string): Promise<RunningServer> {
  return listen(
    (incoming, outgoing) => {
      const headers = { ...incoming.headers, 'x-forwarded-proto': 'https', 'x-forwarded-host': name };
      if (rewrite !== undefined) headers.host = rewrite;
      const options = { host: '127.0.0.1', port: to, path: incoming.url, method: incoming.method, headers };
      const handed = forward(options, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(handed);
    },
    0,
    '127.0.0.1',
  );
}

interface Answer {
  readonly status: number | undefined;
  readonly challenge: string | undefined;
  readonly text: string;
}

/** Asks at the public name, which leads to this port. */
function ask(port: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers: { host: name } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode, challenge: answer.headers['www-authenticate'], text }),
      );
    }).on('error', reject);
  });
}

describe('a tunnel to this machine (a stand-in for ngrok and cloudflared)', () => {
  const running: RunningServer[] = [];
  let sample: RunningServer;
  const start = async (rewrite?: string) => {
    const tunnel = await startTunnel(sample.port, rewrite);
    running.push(tunnel);
    return tunnel.port;
  };
  beforeAll(async () => {
    const { listener } = await createApp({ issuer: 'https://auth.example.com', resource });
    sample = await listen(listener, 0, '127.0.0.1');
    running.push(sample);
  });
  afterAll(async () => {
    await Promise.all(running.map((server) => server.close()));
  });

  test('one that rewrites Host is refused by the check against DNS rebinding', async () => {
    expect((await ask(await start('localhost:3000'), '/mcp')).status).toBe(403);
  });

  test('one that leaves Host alone: the challenge leads to the public address', async () => {
    const port = await start();
    const { status, challenge } = await ask(port, '/mcp');
    expect(status).toBe(401);
    expect(challenge).toBe(
      `Bearer resource_metadata="https://${name}/.well-known/oauth-protected-resource/mcp"`,
    );
    const document = await ask(port, '/.well-known/oauth-protected-resource/mcp');
    expect(JSON.parse(document.text)).toMatchObject({ resource });
  });
});
