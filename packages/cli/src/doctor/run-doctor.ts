import type { McpRevision } from '@mcp-auth/schemas';
import type { CommandContext, OutputOptions } from '../commands/command.js';
import { UsageError } from '../errors.js';
import type { ExitCode } from '../io.js';
import { createDoor } from '../net/door.js';
import { createReport, type Report } from '../report/report.js';
import { endUnfinished, writeReport } from '../report/write-report.js';
import { readSecretFile, readToken } from '../secrets/read-token.js';
import { readHttpUrl } from '../shared/files.js';
import { escapeText } from '../terminal/escape.js';
import { judgeClients } from './clients/judge-clients.js';
import { createLine } from './line.js';
import { printWalk } from './print-walk.js';
import { problems } from './problems/problems.js';
import { stepNamesInWords, toFindings } from './to-findings.js';
import { Trail } from './trail.js';
import type { Login, Walk } from './walk-state.js';
import type { Learned } from './use-token.js';
import { walkAsClient } from './walk.js';

/** As the command line gives them. */
export interface DoctorFlags extends OutputOptions {
  readonly token?: string;
  readonly tokenFile?: string;
  readonly clientCredentials?: boolean;
  readonly clientId?: string;
  readonly clientSecretFile?: string;
  readonly clientDocument?: string;
  readonly headless?: boolean;
  readonly answer?: Readonly<Record<string, string>>;
  readonly open: boolean;
  readonly loginTimeout: number;
  readonly maxSeconds: number;
  readonly callbackPort: number;
  readonly scope?: string;
  readonly tool?: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly issuer?: string;
  readonly origin?: string;
  readonly allow?: readonly string[];
  readonly revision: McpRevision;
}

/** A walk needs about twenty; a server that leads in circles gets no more than these. */
const maxRequests = 80;
const timeoutMs = 10_000;

const cutShort = {
  time: 'The walk did not come to its end: the time was over. --max-seconds gives it more.',
  requests: 'The walk did not come to its end: the most requests were sent.',
} as const;

/** One walk, its report, and the table of known clients. */
export async function runDoctor(
  context: CommandContext,
  argument: string | undefined,
  flags: DoctorFlags,
): Promise<ExitCode> {
  const { io, secrets, terminal } = context;
  if (argument === undefined) throw new UsageError('Name the URL that clients are given.');
  const { target, resource } = readTarget(argument);
  const login = await chooseLogin(context, flags);
  if (login.kind === 'token') secrets.add(login.token, target.origin);
  const clientSecret = await readClientSecret(context, flags);
  const door = createDoor({
    named: [target, ...(flags.allow ?? [])],
    ...{ maxRequests, timeoutMs, maxSeconds: flags.maxSeconds, secrets, env: io.env },
  });
  const trail = new Trail((step) => {
    terminal.progress(`${stepNamesInWords[step]} …`);
  });
  const walk: Walk = {
    target,
    resource,
    line: createLine(door, secrets, target),
    trail,
    options: {
      login,
      clientSecret,
      revision: flags.revision,
      clientId: flags.clientId,
      clientDocument: flags.clientDocument,
      scope: flags.scope,
      tool: flags.tool === undefined ? undefined : { name: flags.tool, arguments: flags.arguments ?? {} },
      origin: flags.origin,
      issuer: flags.issuer,
      callbackPort: flags.callbackPort,
      loginTimeoutMs: flags.loginTimeout * 1000,
    },
  };
  const startedAt = io.now().toISOString();
  try {
    const learned = await walkAsClient(walk);
    const report = describe(walk, learned, { startedAt, requests: door.requests });
    const exitCode = await writeReport(report, context, flags, (each) => {
      printWalk(each, trail, clientsOf(walk, learned), { terminal, verbose: flags.verbose === true });
    });
    return trail.cutShort === undefined
      ? exitCode
      : endUnfinished(exitCode, cutShort[trail.cutShort], terminal);
  } finally {
    await door.close();
  }
}

function readTarget(argument: string): { readonly target: URL; readonly resource: string } {
  const target = readHttpUrl(argument);
  if (target === undefined) throw new UsageError(`${argument} is not an http or https URL.`);
  if (target.username !== '' || target.password !== '') {
    throw new UsageError('Leave user name and password out of the URL: MCP clients do not send them.');
  }
  target.hash = '';
  // Not as it was written: clients send the parsed form
  return { target, resource: target.href };
}

async function chooseLogin({ io, terminal }: CommandContext, flags: DoctorFlags): Promise<Login> {
  const ways = [flags.headless, flags.clientCredentials, flags.token ?? flags.tokenFile].filter(Boolean);
  if (ways.length > 1) throw new UsageError('Choose one of a token, --client-credentials and --headless.');
  if (flags.clientCredentials === true) {
    if (flags.clientId === undefined) throw new UsageError('--client-credentials needs --client-id.');
    return { kind: 'client-credentials' };
  }
  if (flags.headless === true) return { kind: 'headless', answers: flags.answer ?? {} };
  const given = await readToken(flags, io);
  if (given !== undefined) {
    if (given.warning !== undefined) terminal.warn(given.warning);
    return { kind: 'token', token: given.token };
  }
  if (io.stderr.isTTY !== true && io.openBrowser === undefined) return { kind: 'nobody' };
  const { openBrowser } = io;
  return {
    kind: 'browser',
    open: async (url) => {
      if (!flags.open || openBrowser === undefined) return false;
      try {
        await openBrowser(url);
        return true;
      } catch {
        return false;
      }
    },
    say: (line) => {
      terminal.note(escapeText(line, 20_000));
    },
  };
}

async function readClientSecret(
  { io, secrets }: CommandContext,
  { clientSecretFile, clientId, issuer }: DoctorFlags,
): Promise<string | undefined> {
  const secret =
    clientSecretFile === undefined
      ? io.env['MCP_AUTH_CLIENT_SECRET']
      : (await readSecretFile('--client-secret-file', clientSecretFile, io)).replace(/^\uFEFF/, '').trim();
  if (secret === undefined || secret === '') return undefined;
  secrets.add(secret);
  if (clientId === undefined) throw new UsageError('A secret of a client is there, and no --client-id.');
  // Otherwise any server could have it by naming its own authorization server
  if (issuer === undefined) {
    throw new UsageError(
      'A secret of a client goes to its authorization server only: name that with --issuer.',
    );
  }
  return secret;
}

function describe(walk: Walk, learned: Learned, facts: Pick<Report, 'startedAt' | 'requests'>): Report {
  const { trail, resource } = walk;
  const { broken } = trail;
  return createReport({
    command: 'doctor',
    target: resource,
    ...facts,
    findings: toFindings(trail),
    details: {
      brokenStep: broken?.step,
      steps: trail.steps.map(({ step, outcome }) => ({ step, outcome })),
      clients: clientsOf(walk, learned).map(({ client, verdict, why }) => ({
        ...{ name: client.name, version: client.version, verdict, why },
        sources: client.sources,
      })),
    },
  });
}

function clientsOf({ target, trail, options }: Walk, { server, client, needsStepUp, called }: Learned) {
  const { broken } = trail;
  return judgeClients({
    target,
    brokenStep: broken?.step,
    stops: broken && problems[broken.fault.problem].stops,
    isTokenGiven: options.login.kind === 'token',
    documents: server?.takesDocuments,
    registration: registrationOf(),
    called,
    needsStepUp,
  });

  function registrationOf() {
    if (server === undefined) return undefined;
    if (client?.by === 'registration') return 'works';
    if (broken?.fault.problem === 'registration-refresh-token') return 'works without refresh_token';
    if (broken !== undefined && problems[broken.fault.problem].step === 'registration') {
      return server.registrationEndpoint === undefined ? 'none' : 'refused';
    }
    return server.registrationEndpoint === undefined ? 'none' : 'untried';
  }
}
