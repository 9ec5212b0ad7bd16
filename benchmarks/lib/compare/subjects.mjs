import { readFileSync } from 'node:fs';
import { httpSubjects as express } from '../subjects/http/express.mjs';
import { httpSubjects as fastify } from '../subjects/http/fastify.mjs';
import { httpSubjects as hono } from '../subjects/http/hono.mjs';
import { self } from '../subjects/http/names.mjs';

const versionOf = (name) => {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
};

/**
 * Libraries that can be installed here, each behind the framework that it is made for. `head` is the label around the name in the table,
 * for the two that share a name, and for the official SDK.
 */
export const subjects = [
  { name: 'MCP Auth', head: 'self', listen: express[self] },
  {
    name: `mcp-auth ${versionOf('mcp-auth-published')}`,
    head: 'older',
    listen: express['mcp-auth 0.2.0'],
  },
  {
    name: `@modelcontextprotocol/express ${versionOf('@modelcontextprotocol/express')}, jose ${versionOf('jose')}`,
    head: 'official',
    listen: express['official SDK, jose verifier'],
  },
  {
    name: `express-oauth2-jwt-bearer ${versionOf('express-oauth2-jwt-bearer')}`,
    listen: express['express-oauth2-jwt-bearer'],
  },
  {
    name: `@fastify/jwt ${versionOf('@fastify/jwt')}, get-jwks ${versionOf('get-jwks')}`,
    listen: fastify['@fastify/jwt with get-jwks'],
  },
  { name: `hono/jwk ${versionOf('hono')}`, listen: hono['hono/jwk with jwks_uri'] },
];
