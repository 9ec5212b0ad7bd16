import { Controller, Get, type ExecutionContext } from '@nestjs/common';
import { afterEach, describe, expect, test } from 'vitest';
import { BearerAuth, McpAuthGuard } from '../src/index.js';
import type { Handler } from '../src/platform.js';
import { ProtectedRoutes } from '../src/protected-routes.js';
import { platforms } from './support/applications.js';
import { closeApps, resource, start, verify } from './support/fixture.js';

afterEach(closeApps);

@Controller()
class Two {
  @Get('one')
  @BearerAuth(verify, { resource })
  one() {
    return 'one';
  }
  @Get('other')
  @BearerAuth(verify, { resource, requiredScopes: ['other'] })
  other() {
    return 'other';
  }
}

const handlerOf = (name: 'one' | 'other'): Handler => Reflect.get(Two.prototype, name);

const contextOf = (handler: Handler, request: object) =>
  ({
    getClass: () => Two,
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => request }),
  }) as unknown as ExecutionContext;

test.each(platforms)(
  '$name: the guard lets nothing pass that has not come through the check of this very handler',
  async (platform) => {
    const { app } = await start(platform, { controllers: [Two] });
    const routes = app.get(ProtectedRoutes);
    const guard = new McpAuthGuard(routes);
    const ask = (handler: Handler, request: object) => () => guard.canActivate(contextOf(handler, request));
    const request = {};
    expect(ask(handlerOf('one'), request)).toThrow('got a request that its token check has not seen');
    routes.admit(request, routes.find(handlerOf('one'))!);
    expect(ask(handlerOf('one'), request)()).toBe(true);
    expect(ask(handlerOf('one'), { raw: request })()).toBe(true);
    expect(ask(handlerOf('other'), request)).toThrow('Two.other()');
    expect(ask(() => 'nobody knows it', request)).toThrow('got a request');
  },
);

describe.each(platforms)('$name', (platform) => {
  test('what one application has admitted says nothing to another', async () => {
    const [first, second] = [
      await start(platform, { controllers: [Two] }),
      await start(platform, { controllers: [Two] }),
    ];
    const request = {};
    const routes = first.app.get(ProtectedRoutes);
    routes.admit(request, routes.find(handlerOf('one'))!);
    const guard = new McpAuthGuard(second.app.get(ProtectedRoutes));
    expect(() => guard.canActivate(contextOf(handlerOf('one'), request))).toThrow('got a request');
    expect((await second.ask('/one', { token: 'alice' })).status).toBe(200);
    expect((await second.ask('/other', { token: 'alice' })).status).toBe(403);
  });
});
