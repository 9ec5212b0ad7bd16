/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- options of Nest are plain objects, declared as a class */
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { MCPAuth as ExpressMCPAuth } from '@mcp-auth/express';
import { MCPAuth as FastifyMCPAuth } from '@mcp-auth/fastify';
import { Controller, Get, Injectable, Module, type INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { afterEach, expect, test } from 'vitest';
import { BearerAuth, MCP_AUTH, McpAuthModule } from '../src/index.js';
import { issuer, resource, verify } from './support/fixture.js';

@Injectable()
class Settings {
  readonly config = { resource, authorizationServers: [issuer], log: false };
}

@Module({ providers: [Settings], exports: [Settings] })
class SettingsModule {}

@Controller('mcp')
@BearerAuth(verify, { resource })
class McpController {
  @Get()
  serve() {
    return 'in';
  }
}

let app: INestApplication | undefined;
afterEach(() => app?.close());

test.each([
  ['Express', ExpressMCPAuth, () => new ExpressAdapter()],
  ['Fastify', FastifyMCPAuth, () => new FastifyAdapter()],
] as const)(
  'in a testing module, whose platform comes later, with an MCPAuth of what is injected: %s',
  async (_name, MCPAuth, createAdapter) => {
    const module = await Test.createTestingModule({
      imports: [
        McpAuthModule.forRootAsync({
          imports: [SettingsModule],
          inject: [Settings],
          useFactory: ({ config }: Settings) => new MCPAuth(config),
        }),
      ],
      controllers: [McpController],
    }).compile();
    expect(module.get(MCP_AUTH)).toBeInstanceOf(MCPAuth);

    app = module.createNestApplication(createAdapter() as ExpressAdapter, { logger: false });
    await app.listen(0, '127.0.0.1');
    const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
    const ask = (authorization?: string) =>
      fetch(
        `http://127.0.0.1:${port}/mcp`,
        authorization === undefined ? {} : { headers: { authorization } },
      );
    expect((await ask()).status).toBe(401);
    const response = await ask('Bearer alice');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('in');
  },
);
