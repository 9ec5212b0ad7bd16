export const bare = 'no-op that reads one field';
export const self = 'MCP Auth';
