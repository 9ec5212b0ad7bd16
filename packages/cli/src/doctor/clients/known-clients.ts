/** How a client gets its id at an authorization server that nobody prepared for it. */
export type Registering = 'document' | 'registration';

/** Where a fact about a client comes from. */
export interface Source {
  /** `run`: the tests of this project ran the client. `documented`: its maker says so. `reported`: users of it do. */
  readonly kind: 'run' | 'documented' | 'reported';
  readonly where: string;
  /** When it was looked up or run. */
  readonly date: string;
}

/** What is known about a client, and nothing that is not. A member that is absent is not known. */
export interface KnownClient {
  readonly name: string;
  readonly version?: string;
  readonly sources: readonly Source[];
  /** In the order in which it prefers them. */
  readonly registers?: readonly Registering[];
  /** Whether its user can type in a client id. */
  readonly takesClientId?: boolean;
  /** Whether it names the grant `refresh_token` when it registers. */
  readonly registersRefreshToken?: boolean;
  /** Where the login comes back to. */
  readonly callback?: 'loopback' | 'https' | 'loopback or https';
  /** Whether it calls from the network of its maker, so that the server must be reachable from there, over https. */
  readonly isHosted?: boolean;
  readonly sendsResource?: boolean;
  /** What it asks for at the first login. */
  readonly scopes?: string;
  readonly stepsUp?: boolean;
  /** Whether calls come from a page, so that CORS matters. */
  readonly isPage?: boolean;
}

const interop = { kind: 'run', where: 'apps/interop/clients', date: '2026-11-29' } as const;

/** Data: change it when a client changes, with the source and the date. */
export const knownClients: readonly KnownClient[] = [
  {
    name: 'Claude',
    version: 'connectors',
    sources: [
      {
        kind: 'documented',
        where: 'https://claude.com/docs/connectors/building/authentication',
        date: '2026-11-30',
      },
      {
        kind: 'documented',
        where:
          'https://support.claude.com/en/articles/11503834-building-custom-connectors-via-remote-mcp-servers',
        date: '2026-11-30',
      },
    ],
    registers: ['document', 'registration'],
    takesClientId: true,
    callback: 'https',
    isHosted: true,
  },
  {
    name: 'ChatGPT',
    sources: [
      {
        kind: 'documented',
        where: 'https://developers.openai.com/apps-sdk/build/auth',
        date: '2026-11-30',
      },
    ],
    registers: ['document', 'registration'],
    takesClientId: true,
    callback: 'https',
    isHosted: true,
    sendsResource: true,
  },
  {
    name: 'VS Code',
    sources: [
      {
        kind: 'reported',
        where: 'https://github.com/microsoft/vscode/issues/278512',
        date: '2026-11-30',
      },
    ],
    registers: ['registration'],
    callback: 'loopback or https',
    sendsResource: true,
  },
  {
    name: 'Cursor',
    sources: [
      { kind: 'documented', where: 'https://cursor.com/docs/mcp', date: '2026-11-29' },
      { kind: 'reported', where: 'https://docs.pipeshub.com/mcp/cursor', date: '2026-11-30' },
    ],
    registers: ['registration'],
    takesClientId: true,
    callback: 'loopback',
    scopes: 'all of scopes_supported, where none are configured',
  },
  {
    name: 'MCP Inspector',
    version: '2.12.0, in a terminal',
    sources: [interop],
    registers: ['document', 'registration'],
    takesClientId: true,
    registersRefreshToken: true,
    callback: 'loopback',
    sendsResource: true,
    scopes: 'those of the challenge, or else scopes_supported, and offline_access',
    stepsUp: false,
  },
  {
    name: 'Python SDK',
    version: 'mcp 2.3.0',
    sources: [interop],
    registers: ['document', 'registration'],
    registersRefreshToken: true,
    callback: 'loopback',
    sendsResource: true,
    scopes: 'those of the challenge, or else scopes_supported, and offline_access',
    stepsUp: true,
  },
];
