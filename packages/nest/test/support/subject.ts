import type { ConformanceSubject, HandlerReply, SubjectRoute } from '@mcp-auth/conformance';
import type { AuthInfo } from '@mcp-auth/core';
import { All, Body, Controller, Get, type Type } from '@nestjs/common';
import { Auth, BearerAuth } from '../../src/index.js';
import { defineRoot, listen, type Platform } from './applications.js';

type Handle = (auth: AuthInfo | undefined, body: unknown) => HandlerReply | Promise<HandlerReply>;

/** An application on Nest, as the conformance kit describes it. */
export function createSubject({ name, create, open }: Platform): ConformanceSubject {
  return {
    name,
    start: async ({ config, routes, openPath, frontHeaders, handle }) => {
      const controllers = [defineOpen(openPath), ...routes.map((route) => defineProtected(route, handle))];
      const app = await open(defineRoot(create(config), { controllers }), frontHeaders);
      return { origin: await listen(app), close: () => app.close() };
    },
  };
}

function defineOpen(path: string): Type {
  @Controller()
  class OpenController {
    @Get(path)
    tell() {
      return 'open';
    }
  }
  return OpenController;
}

function defineProtected({ path, mode, options }: SubjectRoute, handle: Handle): Type {
  @Controller(path)
  @BearerAuth(mode, options)
  class ProtectedController {
    @All()
    serve(@Auth() caller: AuthInfo | undefined, @Body() body: unknown) {
      return handle(caller, body);
    }
  }
  return ProtectedController;
}
