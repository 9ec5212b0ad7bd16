import {
  MCPAuth,
  MCPAuthAuthServerError,
  MCPAuthTokenVerificationError,
  type VerifyAccessToken,
} from '@mcp-auth/express';
import express from 'express';

const issuer = 'https://accounts.google.com';
/** The clients of this server, and of nothing else. */
const clientIds = ['1234567890-example.apps.googleusercontent.com'];

interface TokenInfo {
  readonly aud?: string;
  readonly sub?: string;
  readonly scope?: string;
  readonly expires_in?: number | string;
}

const verify: VerifyAccessToken = async (token) => {
  const response = await fetch('https://oauth2.googleapis.com/tokeninfo', {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    redirect: 'manual',
    signal: AbortSignal.timeout(5000),
  }).catch((cause: unknown) => {
    throw new MCPAuthAuthServerError('request_failed', 'tokeninfo cannot be reached', { cause });
  });
  if (response.status >= 500 || response.status === 429) {
    throw new MCPAuthAuthServerError('unexpected_status', `tokeninfo answered with ${response.status}`);
  }
  if (!response.ok) throw new MCPAuthTokenVerificationError('rejected_by_verifier');
  const { aud = '', sub, scope = '', expires_in: expiresIn } = (await response.json()) as TokenInfo;
  if (!clientIds.includes(aud) || sub === undefined) {
    throw new MCPAuthTokenVerificationError('rejected_by_verifier');
  }
  return {
    issuer,
    subject: sub,
    clientId: aud,
    audience: aud,
    scopes: scope.split(' ').filter((name) => name !== ''),
    expiresAt: Math.floor(Date.now() / 1000) + Number(expiresIn),
  };
};

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource: 'https://api.example.com/mcp',
      authorizationServers: [{ issuer, type: 'oidc' }],
      scopesSupported: ['openid', 'email'],
    },
  },
});

export const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.post(
  '/mcp',
  mcpAuth.bearerAuth(verify, { audience: clientIds, requiredScopes: ['openid'] }),
  ({ auth }, response) => void response.json({ client: auth?.clientId, scopes: auth?.scopes }),
);
