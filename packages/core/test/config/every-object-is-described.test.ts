import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(src, path), 'utf8'));
const entryPoints = ['index', 'providers', 'explain', 'audit', 'authzen', 'fetch', 'context'].map((name) =>
  readFileSync(join(src, `${name}.ts`), 'utf8'),
);

const matches = (texts: readonly string[], pattern: RegExp) =>
  new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name)));

/** Types whose objects are checked when they are handed over. */
const described = matches(sources, /\bobject<(\w+)/g);

/** Types that users see and that have no description of their own, with the reason. */
const otherwise: Readonly<Record<string, string>> = {
  AuthServerModeConfig: 'a half of MCPAuthConfig',
  ResourceServerModeConfig: 'a half of MCPAuthConfig',
  SingleResourceConfig: 'a form of MCPAuthConfig',
  AuthServerOptions: 'a part of AuthServerConfig',
  DiscoveryAuthServerConfig: 'a form of AuthServerConfig',
  LocalAuthServerConfig: 'a form of AuthServerConfig',
  ResolvedAuthServerConfig: 'a form of AuthServerConfig',
  FetchedServerConfig: 'what a function returns; an AuthServerConfig when it is handed back',
  ProviderConfig: 'what a function returns; an AuthServerConfig when it is handed over',
  ProtectedResourceMetadataConfig: 'a document, whose members config/metadata-members.ts checks',
  BearerAuthOptions: 'a part of AnyBearerAuthOptions',
  JwtBearerAuthOptions: 'a form of AnyBearerAuthOptions',
  AutoBearerAuthOptions: 'a form of AnyBearerAuthOptions',
  IntrospectionBearerAuthOptions: 'a form of AnyBearerAuthOptions',
  CustomBearerAuthOptions: 'a form of AnyBearerAuthOptions',
  SdkVerifierBearerAuthOptions: 'a form of AnyBearerAuthOptions',
  LifetimeOptions: 'a part of AnyBearerAuthOptions',
  PlaceOptions: 'a part of the options of protect()',
  StreamPolicy: 'one of two words',
  TokenPolicyContext: 'what a policy is handed',
  FetchHandlerOptions: 'what a handler is handed',
  MCPAuthErrorOptions: 'what an error is made of',
  ConfigErrorOptions: 'what an error is made of',
  PolicyUnavailableOptions: 'what an error is made of',
  EntraCommonOptions: 'a part of EntraOptions and of EntraMultiTenantOptions',
};

test('every type of options that users see has a description, or a reason why it needs none', () => {
  const seen = matches(entryPoints, /\b([A-Z]\w+(?:Options|Config|Policy|Hierarchy|Settings))\b/g);
  const unexplained = [...seen].filter((name) => !described.has(name) && !Object.hasOwn(otherwise, name));
  expect(unexplained).toEqual([]);
  expect(described.size).toBeGreaterThan(25);
});

test('no reason is left over', () => {
  expect(Object.keys(otherwise).filter((name) => described.has(name))).toEqual([]);
});
