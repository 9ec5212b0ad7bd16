export const bare = 'no-op that reads one field';
export const self = 'MCP Auth';
/** What a benchmark does itself: a string is made for each use, as an HTTP parser makes it. */
export const alone = 'the field alone, nobody reads it';
