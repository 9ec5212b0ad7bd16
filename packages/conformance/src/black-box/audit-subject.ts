import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ConformanceSubject, SubjectSetup } from '../subject.js';
import { startAuditIssuer, type AuditIssuer } from './audit-issuer.js';
import { auditServer, type AuditOptions } from './audit-server.js';
import { blackBoxCases } from './cases/cases.js';
import { blackBoxRevisions } from './model.js';
import type { BlackBoxReport } from './report.js';

/** What belongs to the application around an adapter. */
const ofTheApplication = {
  'origin-refused': 'Origins are validated by the MCP SDK or the application, not by an adapter.',
};

const scopes = ['notes:use', 'notes:read', 'notes:write'];
const operation = { method: 'tools/call', params: { name: 'add-note', arguments: {} } };

/** How an application with an adapter is judged. */
export type SubjectAuditOptions = Pick<AuditOptions, 'revisions' | 'cases'>;

/** Judges an application with the adapter from outside, as any server is judged. */
export async function auditSubject(
  subject: ConformanceSubject,
  options: SubjectAuditOptions = {},
): Promise<BlackBoxReport> {
  const issuer = await startAuditIssuer();
  const relay = await startRelay();
  const url = `${relay.origin}/mcp`;
  try {
    const running = await subject.start(toSetup(url, issuer));
    relay.lead(running.origin);
    try {
      return await auditServer({
        url,
        issuer,
        credentials: { operation },
        exclude: ofTheApplication,
        ...options,
      });
    } finally {
      await running.close();
    }
  } finally {
    relay.close();
    await issuer.close();
  }
}

/** Every rule on the newest revision, and what anybody can see on the others: an adapter does not know of revisions. */
export async function auditSubjectShortly(subject: ConformanceSubject): Promise<readonly BlackBoxReport[]> {
  const [newest, ...older] = [...blackBoxRevisions].reverse();
  // What waits for keys, or for an endpoint that was down; the cases of the adapter form show it without waiting
  const quick = blackBoxCases.filter(({ area }) => area !== 'outage' && area !== 'introspection');
  return Promise.all([
    auditSubject(subject, { cases: quick, ...(newest && { revisions: [newest] }) }),
    auditSubject(subject, { cases: quick.filter(({ needs }) => needs === 'nothing'), revisions: older }),
  ]);
}

function toSetup(resource: string, issuer: AuditIssuer): SubjectSetup {
  const { id: clientId, secret: clientSecret } = issuer.introspectionClient;
  return {
    openPath: '/open',
    frontHeaders: [],
    config: {
      protectedResources: {
        metadata: {
          resource,
          resourceName: 'Notes',
          scopesSupported: scopes,
          authorizationServers: [
            {
              issuer: issuer.issuer,
              type: 'oauth',
              introspection: {
                clientAuthentication: { method: 'client_secret_basic', clientId, clientSecret },
              },
            },
          ],
        },
        dpop: { mode: 'dpop-optional' },
      },
      onEvent: () => undefined,
    },
    routes: [
      {
        path: '/mcp',
        mode: 'auto',
        options: {
          resource,
          requiredScopes: ['notes:use'],
          operations: { tools: { 'add-note': ['notes:read', 'notes:write'], '*': [] } },
        },
      },
    ],
    handle: (_auth, body) => ({ auth: null, body }),
  };
}

interface Relay {
  readonly origin: string;
  /** Where connections lead from now on. */
  lead(origin: string): void;
  close(): void;
}

/** A port that is known before the server is built which it leads to: a resource is named by its URL. */
async function startRelay(): Promise<Relay> {
  const open = new Set<Socket>();
  let port = 0;
  const server = createServer((incoming) => {
    const outgoing = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lead: (origin) => {
      port = Number(new URL(origin).port);
    },
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
