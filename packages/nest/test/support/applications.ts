import 'reflect-metadata';
import type { MCPAuthConfig } from '@mcp-auth/core';
import { MCPAuth as ExpressMCPAuth } from '@mcp-auth/express';
import { MCPAuth as FastifyMCPAuth } from '@mcp-auth/fastify';
import { Module, type INestApplication, type ModuleMetadata, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import express from 'express';
import fastify from 'fastify';
import { McpAuthModule, type PlatformMCPAuth } from '../../src/index.js';

type Headers = readonly (readonly [name: string, value: string])[];

/** A platform of Nest: how its `MCPAuth` and an application on it are made. */
export interface Platform {
  readonly name: string;
  create(config: MCPAuthConfig): PlatformMCPAuth;
  /** With parsers for JSON, and for all else as text. */
  open(root: Type, frontHeaders?: Headers): Promise<INestApplication>;
}

/** What is wrong is thrown, and nothing is printed. */
const quiet = { logger: false, abortOnError: false } as const;

/** Node's own limit would keep the longest tokens from the gate. */
const maxHeaderSize = 65_536;

const onExpress: Platform = {
  name: 'Nest on Express',
  create: (config) => new ExpressMCPAuth(config),
  open: async (root, frontHeaders = []) => {
    const server = express();
    server.use((_request, response, next) => {
      for (const [name, value] of frontHeaders) response.setHeader(name, value);
      next();
    });
    const app = await NestFactory.create(root, new ExpressAdapter(server), { ...quiet, bodyParser: false });
    // As in many a main.ts, in front of all that modules bring
    server.use(express.json(), express.text({ type: () => true }));
    return app;
  },
};

const onFastify: Platform = {
  name: 'Nest on Fastify',
  create: (config) => new FastifyMCPAuth(config),
  open: async (root, frontHeaders = []) => {
    const server = fastify({ http: { maxHeaderSize } });
    server.addHook('onRequest', (_request, reply, done) => {
      for (const [name, value] of frontHeaders) void reply.header(name, value);
      done();
    });
    server.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
    return NestFactory.create(root, new FastifyAdapter(server as never), quiet);
  },
};

export const platforms = [onExpress, onFastify];

/** A root module with these controllers and providers. */
export function defineRoot(mcpAuth: PlatformMCPAuth, metadata: ModuleMetadata): Type {
  @Module({ ...metadata, imports: [McpAuthModule.forRoot(mcpAuth), ...(metadata.imports ?? [])] })
  class Root {}
  return Root;
}

/** Listens on a free port of 127.0.0.1. */
export async function listen(app: INestApplication): Promise<string> {
  await app.listen(0, '127.0.0.1');
  return (await app.getUrl()).replace('[::1]', '127.0.0.1');
}
