import type { ScopeTable } from '@mcp-auth/dev-issuer';

/** Everybody may log in; what they may grant differs. */
export const administrator = 'admin';

const users = [administrator];

/** What a user is asked to allow, by scope, and what only the administrator may grant. */
export const scopes: ScopeTable = {
  notes: 'read, write and delete your notes',
  'notes:statistics': { description: "count everybody's notes", users },
  'visitors:read': { description: 'see who has asked the server so far', users },
  'todo:read': 'read your to-do items',
  'todo:write': 'add, complete and delete your to-do items',
  'todo:admin': { description: "read and change everybody's to-do items", users },
};
