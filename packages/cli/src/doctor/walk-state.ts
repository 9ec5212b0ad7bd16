import type { McpRevision } from '@mcp-auth/schemas';
import type { Line } from './line.js';
import type { Trail } from './trail.js';

/** How the walk gets its token. */
export type Login =
  /** A person logs in at the address that is opened or printed. */
  | {
      readonly kind: 'browser';
      readonly open: (url: URL) => Promise<boolean>;
      readonly say: (line: string) => void;
    }
  /** The forms of a test issuer are sent as they come, but for these values. */
  | { readonly kind: 'headless'; readonly answers: Readonly<Record<string, string>> }
  | { readonly kind: 'client-credentials' }
  | { readonly kind: 'token'; readonly token: string }
  /** There is neither a token nor anybody who could log in. */
  | { readonly kind: 'nobody' };

export interface DoctorOptions {
  readonly revision: McpRevision;
  readonly login: Login;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** The address of a client id metadata document, where clients like it are tried. */
  readonly clientDocument?: string | undefined;
  /** Scopes to ask for instead of those that the server names. */
  readonly scope?: string | undefined;
  /** A tool to call at the end, with its arguments. */
  readonly tool?:
    | { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }
    | undefined;
  /** Walk as a page of this origin: what browsers do not let it read or send is then broken. */
  readonly origin?: string | undefined;
  /** The authorization server to go to, where the resource names several. Default: the first. */
  readonly issuer?: string | undefined;
  /** Where the login comes back to. 0: any free port. */
  readonly callbackPort: number;
  readonly loginTimeoutMs: number;
}

/** What all steps share. */
export interface Walk {
  /** The URL that clients are given, without a fragment. */
  readonly target: URL;
  /** The same as it was written: identifiers are compared character by character. */
  readonly resource: string;
  readonly options: DoctorOptions;
  readonly line: Line;
  readonly trail: Trail;
}
