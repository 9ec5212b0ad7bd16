import type { AuthInfo } from '@mcp-auth/core';
import {
  All,
  Body,
  Controller,
  Get,
  Injectable,
  Inject,
  Post,
  Scope,
  UseGuards,
  VersioningType,
} from '@nestjs/common';
import { afterEach, describe, expect, test } from 'vitest';
import { authContext, getAuthInfo, requireScopes } from '@mcp-auth/core/context';
import {
  Auth,
  BearerAuth,
  MCP_AUTH,
  McpAuthGuard,
  RequireScopes,
  type PlatformMCPAuth,
} from '../src/index.js';
import { platforms } from './support/applications.js';
import { call, closeApps, resource, start, verify } from './support/fixture.js';

afterEach(closeApps);

@Controller('notes')
@RequireScopes('read')
@BearerAuth(verify, { resource })
class Notes {
  @Get()
  list(@Auth() caller: AuthInfo) {
    return `notes of ${caller.subject ?? 'nobody'}`;
  }
  @RequireScopes('write')
  @Post()
  write(@Auth() caller: AuthInfo, @Body() body: unknown) {
    return { by: caller.subject, body };
  }
}

@Controller()
class Public {
  @Get('health')
  tell() {
    return 'well';
  }
}

describe.each(platforms)('$name', (platform) => {
  test('a handler without decorators stays open', async () => {
    const { ask } = await start(platform, { controllers: [Notes, Public] });
    expect(await ask('/health')).toMatchObject({ status: 200, text: 'well' });
  });

  test('without a token: 401, and the challenge leads to the document', async () => {
    const { ask } = await start(platform, { controllers: [Notes] });
    const { status, headers } = await ask('/notes');
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain('scope="read"');
    const { text } = await ask('/.well-known/oauth-protected-resource/mcp');
    expect(JSON.parse(text)).toMatchObject({ resource });
  });

  test('scopes of a controller and of its method are demanded together', async () => {
    const { ask } = await start(platform, { controllers: [Notes] });
    expect((await ask('/notes', { token: 'alice' })).status).toBe(403);
    expect(await ask('/notes', { token: 'alice.read' })).toMatchObject({
      status: 200,
      text: 'notes of alice',
    });
    const wrote = (token: string) => ask('/notes', { method: 'POST', token, body: { text: 'hello' } });
    expect((await wrote('alice.write')).status).toBe(403);
    expect((await wrote('alice.read')).headers.get('www-authenticate')).toContain('scope="read write"');
    const { status, text } = await wrote('alice.read.write');
    expect(status).toBe(201);
    expect(JSON.parse(text)).toEqual({ by: 'alice', body: { text: 'hello' } });
  });

  test('HEAD of a protected GET needs a token too', async () => {
    const { ask } = await start(platform, { controllers: [Notes] });
    expect((await ask('/notes', { method: 'HEAD' })).status).toBe(401);
    expect((await ask('/notes', { method: 'HEAD', token: 'alice.read' })).status).toBe(200);
  });

  test('a body that cannot be parsed is not read for a caller without a token', async () => {
    const { ask } = await start(platform, { controllers: [Notes] });
    expect((await ask('/notes', { method: 'POST', body: '{"half' })).status).toBe(401);
  });

  test('guards, interceptors and pipes of the application see no request without a token', async () => {
    const seen: string[] = [];
    const { ask } = await start(platform, { controllers: [Notes] }, (app) => {
      app.useGlobalGuards({ canActivate: () => seen.push('guard') > 0 });
      app.useGlobalInterceptors({ intercept: (_context, next) => (seen.push('interceptor'), next.handle()) });
      app.useGlobalPipes({ transform: (value: unknown) => (seen.push('pipe'), value) });
    });
    const body = { text: 'hello' };
    expect((await ask('/notes', { method: 'POST', body })).status).toBe(401);
    expect((await ask('/notes', { method: 'POST', body, token: 'alice.read' })).status).toBe(403);
    expect(seen).toEqual([]);
    expect((await ask('/notes', { method: 'POST', body, token: 'alice.read.write' })).status).toBe(201);
    expect(seen).toContain('pipe');
  });

  test('a controller that is made for each request is protected', async () => {
    @Controller({ path: 'mcp', scope: Scope.REQUEST })
    @BearerAuth(verify, { resource })
    class ForEachRequest {
      @Get()
      serve(@Auth() caller: AuthInfo) {
        return caller.subject;
      }
    }
    const { ask } = await start(platform, { controllers: [ForEachRequest] });
    expect((await ask('/mcp')).status).toBe(401);
    expect(await ask('/mcp', { token: 'alice' })).toMatchObject({ status: 200, text: 'alice' });
  });

  test('what decorators say of a controller is true of those that are made of it, and adds up', async () => {
    @Controller('mcp')
    @RequireScopes('write')
    class Derived extends Notes {
      @Get('more')
      more() {
        return 'more';
      }
    }
    const { ask } = await start(platform, { controllers: [Derived] });
    expect((await ask('/mcp/more')).status).toBe(401);
    expect((await ask('/mcp/more', { token: 'alice.write' })).status).toBe(403);
    expect((await ask('/mcp/more', { token: 'alice.read' })).status).toBe(403);
    expect(await ask('/mcp/more', { token: 'alice.read.write' })).toMatchObject({
      status: 200,
      text: 'more',
    });
  });

  test('UseGuards(McpAuthGuard) protects as @BearerAuth() does', async () => {
    @Controller('mcp')
    @UseGuards(McpAuthGuard)
    class Plain {
      @All()
      serve() {
        return 'in';
      }
    }
    const { ask } = await start(platform, { controllers: [Plain] });
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS'])
      expect((await ask('/mcp', { method })).status).toBe(401);
  });

  test('a prefix of the application and versions in paths change nothing', async () => {
    const { ask } = await start(platform, { controllers: [Notes] }, (app) => {
      app.setGlobalPrefix('api');
      app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
    });
    expect((await ask('/api/v1/notes')).status).toBe(401);
    expect((await ask('/api/v1/notes', { token: 'alice.read' })).status).toBe(200);
  });

  test('an open handler in front of a protected one with parameters keeps its requests', async () => {
    @Controller()
    class Parameters {
      @Get('items/health')
      tell() {
        return 'well';
      }
      @Get('items/:id')
      @BearerAuth(verify, { resource })
      read() {
        return 'closed';
      }
    }
    const { ask } = await start(platform, { controllers: [Parameters] });
    expect((await ask('/items/health')).status).toBe(200);
    expect((await ask('/items/7')).status).toBe(401);
    expect((await ask('/items/7?x=1', { token: 'alice' })).status).toBe(200);
    // A path that cannot be decoded is for the framework
    expect((await ask('/items/%zz')).status).toBe(400);
  });

  test('an operation is judged by the body, which the handler gets as it was judged', async () => {
    @Controller('mcp')
    @BearerAuth(verify, { resource, operations: { tools: { '*': [], erase: ['admin'] } } })
    class Mcp {
      @Post()
      serve(@Body() body: unknown) {
        return { ran: body };
      }
    }
    const { ask } = await start(platform, { controllers: [Mcp] });
    const erase = { method: 'POST', body: call('erase') };
    expect((await ask('/mcp', erase)).status).toBe(401);
    expect((await ask('/mcp', { ...erase, token: 'alice' })).status).toBe(403);
    const { text } = await ask('/mcp', { ...erase, token: 'alice.admin' });
    expect(JSON.parse(text)).toEqual({ ran: call('erase') });
    expect((await ask('/mcp', { method: 'POST', token: 'alice', body: '{"half' })).status).toBe(400);
  });

  test('with asyncContext the caller is known to all that a handler calls, and a handler can demand scopes', async () => {
    @Injectable()
    class Service {
      async tell() {
        await Promise.resolve();
        requireScopes('admin');
        return getAuthInfo()?.subject;
      }
    }
    @Controller('mcp')
    @BearerAuth(verify, { resource, asyncContext: authContext })
    class Mcp {
      readonly #service: Service;
      constructor(@Inject(Service) service: Service) {
        this.#service = service;
      }
      @Post()
      async serve() {
        return { subject: await this.#service.tell() };
      }
    }
    const { ask } = await start(platform, { controllers: [Mcp], providers: [Service] });
    const refused = await ask('/mcp', { method: 'POST', token: 'alice', body: {} });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('scope="admin"');
    expect((await ask('/mcp', { method: 'POST', token: 'alice.admin', body: {} })).text).toBe(
      '{"subject":"alice"}',
    );
  });

  test('MCP_AUTH is injected, and closes with the application', async () => {
    const { app, mcpAuth } = await start(platform, { controllers: [Notes] });
    expect(app.get<PlatformMCPAuth>(MCP_AUTH)).toBe(mcpAuth);
    let closed = 0;
    mcpAuth.close = () => {
      closed += 1;
      return Promise.resolve();
    };
    await app.close();
    expect(closed).toBe(1);
  });
});
