import type { AuthInfo } from '@mcp-auth/core';
import { Auth, RequireScopes } from '@mcp-auth/nest';
import { Body, Controller, Get, Post } from '@nestjs/common';

@Controller('notes')
@RequireScopes('notes:read')
export class NotesController {
  @Get()
  list(@Auth() caller: AuthInfo) {
    return { notesOf: caller.subject };
  }

  @Post()
  @RequireScopes('notes:write')
  write(@Auth() caller: AuthInfo, @Body() note: object) {
    return { by: caller.subject, note };
  }
}
