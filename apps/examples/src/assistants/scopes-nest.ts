import { MCPAuth } from '@mcp-auth/express';
import { BearerAuth, McpAuthModule } from '@mcp-auth/nest';
import { All, Body, Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

const mcpAuth = new MCPAuth({
  resource: 'https://mcp.example.com/mcp',
  authorizationServers: ['https://auth.example.com'],
});

@Controller('mcp')
@BearerAuth({
  requiredScopes: ['notes:read'],
  operations: {
    tools: {
      'read-note': [],
      'add-note': ['notes:write'],
      // With a second factor, in the last 15 minutes
      'delete-all': {
        allOf: ['notes:write'],
        authentication: { acrValues: ['urn:example:mfa'], maxAgeSeconds: 900 },
      },
      '*': 'refuse',
    },
  },
})
class McpController {
  @All()
  serve(@Body() body: unknown) {
    // Your MCP server: handle(request, response, request.body)
    return { judged: body };
  }
}

@Module({ imports: [McpAuthModule.forRoot(mcpAuth)], controllers: [McpController] })
class AppModule {}

export const app = await NestFactory.create(AppModule);
