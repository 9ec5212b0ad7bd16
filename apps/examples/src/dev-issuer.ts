import { startDevIssuer } from '@mcp-auth/dev-issuer';

const issuer = await startDevIssuer({
  port: 0,
  scopes: {
    'notes:read': 'read your notes',
    'notes:count': { description: "count everybody's notes", users: ['admin'] },
  },
});

// What your server trusts, and a token that has not seen a login page
console.log(issuer.issuer);
console.log(
  await issuer.sign({
    audience: 'http://localhost:3000/mcp',
    subject: 'alice',
    scopes: ['notes:read'],
    expiresInSeconds: 60,
  }),
);
await issuer.close();
