import type { VerifyAccessToken } from '@mcp-auth/core';
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import type { PlatformMCPAuth } from '../../src/index.js';
import { defineRoot, listen, type Platform } from './applications.js';

export const resource = 'https://api.example.com/mcp';
export const issuer = 'https://as.example.com';

/** A token is its subject and its scopes here: `alice.read.admin`. */
export const verify: VerifyAccessToken = (token) => {
  const [subject = '', ...scopes] = token.split('.');
  return { issuer, subject, scopes, audience: resource, expiresAt: Date.now() / 1000 + 600 };
};

export const call = (name: string) => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } });

const open: INestApplication[] = [];

/** To be called after each test. */
export async function closeApps(): Promise<void> {
  for (const app of open.splice(0)) await app.close();
}

export interface Fixture {
  readonly app: INestApplication;
  readonly mcpAuth: PlatformMCPAuth;
}

/** An application that is not started yet. */
export async function create(platform: Platform, metadata: ModuleMetadata): Promise<Fixture> {
  const mcpAuth = platform.create({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    log: false,
  });
  const app = await platform.open(defineRoot(mcpAuth, metadata));
  open.push(app);
  return { app, mcpAuth };
}

export interface Sent {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts the application, and gives what sends requests to it. */
export async function start(
  platform: Platform,
  metadata: ModuleMetadata,
  prepare?: (app: INestApplication) => unknown,
) {
  const { app, mcpAuth } = await create(platform, metadata);
  await prepare?.(app);
  const origin = await listen(app);
  const ask = async (path: string, { method = 'GET', token, body, headers = {} }: Sent = {}) => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { app, mcpAuth, origin, ask };
}
