import { MCPAuth } from '../../../packages/core/dist/fetch.js';
import { startDevIssuer } from '../../../packages/dev-issuer/dist/index.js';
import { createProver } from '../../../packages/testing/dist/index.js';

const client = { id: 'demo-client', secret: 'demo-secret' };

/**
 * Plays a client whose token is bound to its key, at a server that takes nothing else: the exchanges by scene, without anything secret
 * or of this run, for the demonstration has no such client.
 *
 * @param {string} shownIssuer what stands for the address of the issuer
 */
export async function playBoundToken(shownIssuer) {
  const resource = 'http://127.0.0.1:4103/mcp';
  const issuer = await startDevIssuer({ port: 0, resources: [resource], clients: [describeClient()] });
  try {
    return await play({
      resource,
      issuer: issuer.issuer,
      hide: (text) => text.replaceAll(issuer.issuer, shownIssuer),
    });
  } finally {
    await issuer.close();
  }
}

async function play({ resource, issuer, hide }) {
  const mcpAuth = new MCPAuth({
    resource,
    authorizationServers: [issuer],
    dpop: { mode: 'dpop-required' },
    proofs: { nonceSecrets: ['a secret that all processes of this server share'] },
    checkAtStart: false,
    onEvent: () => {},
  });
  const server = mcpAuth.protect({ fetch: (_request, { authInfo }) => answerCall(authInfo) });
  const recorded = [];
  const send = async (scene, to, request) => {
    const body = await request.clone().text();
    const response = await (to === 'notes' ? server.fetch(request) : fetch(request));
    recorded.push({ scene, exchange: await note(to, request, body, response.clone(), hide) });
    return response;
  };

  const prover = createProver();
  const token = await takeToken({ issuer, resource, prover, send });
  const call = async (scene, { scheme = 'DPoP', nonce, proof } = {}) => {
    const headers = {
      authorization: `${scheme} ${token}`,
      'content-type': 'application/json',
      ...(scheme === 'DPoP' && {
        dpop: proof ?? (await prover.prove({ method: 'POST', url: resource, token, nonce })),
      }),
    };
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'add-note' },
    });
    const request = new Request(resource, { method: 'POST', headers, body });
    return { response: await send(scene, 'notes', request), proof: headers.dpop };
  };

  const asked = await call('dpop-nonce');
  const { proof } = await call('dpop-call', { nonce: asked.response.headers.get('dpop-nonce') });
  await call('dpop-replay', { proof });
  await call('dpop-as-bearer', { scheme: 'Bearer' });
  return recorded;
}

/** A confidential client without a user: what matters here is the proof. */
async function takeToken({ issuer, resource, prover, send }) {
  const url = `${issuer}/token`;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: client.secret,
    resource,
  });
  const headers = { dpop: await prover.prove({ method: 'POST', url }) };
  const response = await send(
    'dpop-token',
    'authorization server',
    new Request(url, { method: 'POST', headers, body: form }),
  );
  return (await response.json()).access_token;
}

function describeClient() {
  return {
    client_id: client.id,
    client_secret: client.secret,
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  };
}

function answerCall(authInfo) {
  return Response.json({
    jsonrpc: '2.0',
    id: 1,
    result: { structuredContent: { owner: authInfo?.subject } },
  });
}

const placeholders = new Map([
  ['access_token', 'eyJ…'],
  ['client_secret', '…'],
]);

async function note(to, request, body, response, hide) {
  const text = await response.text();
  return {
    from: 'client',
    to,
    request: {
      method: request.method,
      url: to === 'notes' ? request.url : hide(request.url),
      ...toMessage(request.headers, body, hide),
    },
    response: { status: response.status, ...toMessage(response.headers, text, hide) },
  };
}

function toMessage(headers, text, hide) {
  const shown = Object.fromEntries(
    [...headers].map(([name, value]) => [name, hideHeader(name, hide(value))]),
  );
  return { headers: shown, ...(text !== '' && { body: hideBody(headers, hide(text)) }) };
}

function hideHeader(name, value) {
  if (name === 'authorization') return value.replace(/ .*/s, ' eyJ…');
  return name.startsWith('dpop') ? (name === 'dpop' ? 'eyJ…' : '…') : value;
}

function hideBody(headers, text) {
  if (headers.get('content-type')?.includes('json')) {
    return JSON.parse(text, (member, value) => placeholders.get(member) ?? value);
  }
  return text.replace(/\b(\w+)=([^&]+)/g, (whole, name) =>
    placeholders.has(name) ? `${name}=${placeholders.get(name)}` : whole,
  );
}
