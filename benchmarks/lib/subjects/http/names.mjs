/** The same route without any authorization, sent the very same requests. */
export const bare = 'no authorization';
/** As its README shows: it is told the issuer, finds the keys itself, and publishes its metadata. */
export const self = 'MCP Auth';
export const inline = 'MCP Auth, inline keys';
export const loopback = 'MCP Auth, issuer on loopback http';
export const ownVerifier = 'official SDK, verifier() of MCP Auth';
/** What a benchmark does itself: a string is made for each use, as an HTTP parser makes it. */
export const alone = 'the header alone, nobody reads it';
export const isOwn = (name) => name.includes(self);
