/** The client that resource servers are at the issuers. It is not itself without form-encoding (RFC 6749 §2.3.1). */
export const resourceServer = { id: 'mcp server:1', secret: 's+e c%72et&=' } as const;

/** Sent by a resource server that is set up wrongly. */
export const wrongSecret = 'not-the-secret';
