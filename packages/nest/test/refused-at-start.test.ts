import type { AuthInfo } from '@mcp-auth/core';
import {
  Controller,
  Get,
  Injectable,
  Module,
  Post,
  UseGuards,
  Version,
  VersioningType,
  type Type,
} from '@nestjs/common';
import { afterEach, describe, expect, test } from 'vitest';
import { Auth, BearerAuth, McpAuthGuard, McpAuthModule, RequireScopes } from '../src/index.js';
import { defineRoot, platforms } from './support/applications.js';
import { closeApps, create, issuer, resource, verify } from './support/fixture.js';

afterEach(closeApps);

describe.each(platforms)('$name does not start', (platform) => {
  const start = async (controllers: Type[], providers: Type[] = []) => {
    const { app } = await create(platform, { controllers, providers });
    app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' });
    await app.init();
  };

  test('where a handler asks for the caller and nothing checks tokens', async () => {
    @Controller('mcp')
    class Unguarded {
      @Get()
      serve(@Auth() caller: AuthInfo) {
        return caller.subject;
      }
    }
    await expect(start([Unguarded])).rejects.toThrow(
      'Unguarded.serve(): asks for the caller with @Auth(), and nothing checks tokens.',
    );
  });

  test('where a decorated method is no handler', async () => {
    @Controller('mcp')
    class Unrouted {
      @RequireScopes('read')
      serve() {
        return 'open';
      }
    }
    await expect(start([Unrouted])).rejects.toThrow(
      'Unrouted.serve(): is decorated to be protected, and is not an HTTP handler',
    );
  });

  test.each([
    ['its class', true],
    ['a method', false],
  ])('where %s of a provider is decorated, which serves no HTTP requests', async (_what, isWhole) => {
    @Injectable()
    class Gateway {
      serve() {
        return 'open';
      }
    }
    const place = isWhole ? Gateway : Object.getOwnPropertyDescriptor(Gateway.prototype, 'serve')?.value;
    UseGuards(McpAuthGuard)(place);
    await expect(start([], [Gateway])).rejects.toThrow(
      'Gateway.serve(): is decorated to be protected, and is not an HTTP handler',
    );
  });

  test('where a handler has two sets of options', async () => {
    @Controller('mcp')
    @BearerAuth(verify, { resource, operations: { tools: { '*': ['read'] } } })
    class Twice {
      @Get()
      @BearerAuth(verify, { resource })
      serve() {
        return 'open';
      }
    }
    await expect(start([Twice])).rejects.toThrow('Twice.serve(): has more than one @BearerAuth(…)');
  });

  test('where an option of a route cannot work', async () => {
    @Controller('mcp')
    @BearerAuth(verify, { resource: 'https://other.example.com/mcp' })
    class Unknown {
      @Get()
      serve() {
        return 'open';
      }
    }
    await expect(start([Unknown])).rejects.toMatchObject({ code: 'unknown_resource' });
  });

  test('where controllers share a method of a base class, and one of them leaves it open', async () => {
    class Base {
      @Get()
      serve() {
        return 'open';
      }
    }
    @Controller('mcp')
    @BearerAuth(verify, { resource })
    class Closed extends Base {}
    @Controller('open')
    class Open extends Base {}
    await expect(start([Closed, Open])).rejects.toThrow('is the same method as Closed.serve()');
    await expect(start([Open, Closed])).rejects.toThrow('is the same method as Open.serve()');
  });

  test('where a method stands in place of a protected one of a base class, and has lost its check', async () => {
    class Base {
      @Get()
      @RequireScopes('admin')
      serve() {
        return 'open';
      }
    }
    @Controller('mcp')
    class Overriding extends Base {
      @Get()
      override serve() {
        return 'open';
      }
    }
    class Between extends Base {}
    @Controller('far')
    @BearerAuth(verify, { resource })
    class FarOverriding extends Between {
      @Get()
      override serve() {
        return 'open';
      }
    }
    for (const controller of [Overriding, FarOverriding]) {
      const error: unknown = await start([controller]).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        message: expect.stringContaining(
          `${controller.name}.serve(): replaces Base.serve(), whose own check is lost`,
        ),
      });
    }
  });

  test('where another function stands in place of a decorated method', async () => {
    @Controller('mcp')
    @BearerAuth(verify, { resource })
    class Bound {
      constructor() {
        this.serve = this.serve.bind(this);
      }
      @Get()
      serve() {
        return 'open';
      }
    }
    const error: unknown = await start([Bound]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: expect.stringContaining(
        'Bound.serve(): is to be protected, and no route of the application leads to it',
      ),
    });
  });

  test('with the MCPAuth of another platform', async () => {
    const other = platforms.find((each) => each !== platform)!;
    const mcpAuth = other.create({ resource, authorizationServers: [issuer], log: false });
    const app = await platform.open(defineRoot(mcpAuth, {}));
    await expect(app.init()).rejects.toThrow('got the MCPAuth of another platform');
  });

  test('with two modules for one application', async () => {
    const mcpAuth = () => platform.create({ resource, authorizationServers: [issuer], log: false });
    const app = await platform.open(defineRoot(mcpAuth(), { imports: [McpAuthModule.forRoot(mcpAuth())] }));
    await expect(app.init()).rejects.toThrow('is imported more than once');
  });

  test('without the module: the guard cannot be made', async () => {
    @Controller('mcp')
    @RequireScopes('read')
    class Alone {
      @Get()
      serve() {
        return 'open';
      }
    }
    @Module({ controllers: [Alone] })
    class Root {}
    await expect(platform.open(Root)).rejects.toThrow("can't resolve dependencies of the McpAuthGuard");
  });
});

describe('Nest on Express does not start', () => {
  test('where versions of a path, told apart by a header, have different checks', async () => {
    @Controller('mcp')
    class Versions {
      @Version('1')
      @Post()
      first() {
        return 'open';
      }
      @Version('2')
      @Post()
      @BearerAuth(verify, { resource })
      second() {
        return 'closed';
      }
    }
    const { app } = await create(platforms[0]!, { controllers: [Versions] });
    app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' });
    await expect(app.init()).rejects.toThrow(
      'POST /mcp: is handled by several methods with different token checks',
    );
  });
});

test('a constructor has no caller', () => {
  expect(() => {
    class Asking {
      constructor(@Auth() readonly caller: unknown) {}
    }
    return Asking;
  }).toThrow('@Auth(): is for parameters of handlers.');
});
