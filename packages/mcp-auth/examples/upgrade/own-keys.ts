import express from 'express';
import { createRemoteJWKSet } from 'jose';
import { createVerifyJwt, handleBearerAuth } from 'mcp-auth';

const issuer = 'https://auth.example.com';
const getKey = createRemoteJWKSet(new URL(`${issuer}/keys`));

const app = express();
app.get(
  '/notes',
  handleBearerAuth({
    verifyAccessToken: createVerifyJwt(getKey, { clockTolerance: 10 }),
    issuer,
    audience: 'https://api.example.com/notes',
    requiredScopes: ['read'],
  }),
  (request, response) => {
    response.json({ subject: request.auth?.subject });
  },
);
app.listen(3000);
