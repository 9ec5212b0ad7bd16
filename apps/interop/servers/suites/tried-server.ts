import type {
  AuthServerConfig,
  IntrospectionClientAuthentication,
  IntrospectionConfig,
} from '@mcp-auth/core';
import { type NotesServer, type NotesServerOptions, startNotesServer } from '../lib/notes-server.js';

/** An authorization server of others, set up as its page says, and what the suites do with it. */
export interface TriedServer {
  readonly issuer: string;
  /** What it issues tokens for: a URL on 127.0.0.1 whose port is free. */
  readonly resource: string;
  readonly scopes: readonly string[];
  /** Its entry in the configuration, as the page shows it. */
  readonly entry: (introspection?: IntrospectionConfig) => AuthServerConfig;
  /** A token for the resource, with the first of the scopes. */
  readonly issueToken: () => Promise<string>;
  /** Has the server sign with a new key from now on. */
  readonly addKey: () => Promise<void>;
  /** Takes every key away but the newest. */
  readonly removeOldKeys: () => Promise<void>;
  /** How a user logs in and agrees: from the authorization request to the address that leads back to the client. */
  readonly logIn: (authorizationUrl: URL) => Promise<URL>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

/** A client of the authorization server that may ask about tokens, and how it shows who it is. */
export interface IntrospectingClient {
  readonly name: string;
  readonly authentication: IntrospectionClientAuthentication;
  /** Tells the authorization server that this is how. */
  readonly prepare?: () => Promise<void>;
}

/** An MCP server for the tokens of a tried server. */
export function startFor(
  { entry, resource, scopes }: TriedServer,
  options: Partial<NotesServerOptions> = {},
): Promise<NotesServer> {
  return startNotesServer({
    authorizationServer: entry(),
    resource,
    scopesSupported: scopes,
    requiredScopes: scopes.slice(0, 1),
    ...options,
  });
}

/** The port that the resource names, where clients look for the MCP server. */
export function portOf({ resource }: TriedServer): number {
  return Number(new URL(resource).port);
}
