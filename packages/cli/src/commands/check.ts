import { Option } from 'commander';
import { checkDocument, checkUrl, type Checked } from '../check/check-target.js';
import { judgeFitness } from '../check/fitness.js';
import { printCheck } from '../check/print.js';
import { writeSample } from '../check/sample.js';
import { UsageError } from '../errors.js';
import { createDoor } from '../net/door.js';
import { createReport, revisions as allRevisions, type Revision } from '../report/report.js';
import { writeReport } from '../report/write-report.js';
import { readHttpUrl } from '../shared/files.js';
import { readJsonFile } from '../shared/read-document.js';
import { escapeText } from '../terminal/escape.js';
import { addOutputOptions, type AddCommand, type CommandContext, type OutputOptions } from './command.js';

interface Flags extends OutputOptions {
  readonly resource?: string;
  readonly revision?: Revision;
}

/** `mcp-auth check <issuer|url|file>` */
export const addCheck: AddCommand = (program, start) => {
  const command = program
    .command('check')
    .argument('<issuer|url|file>', 'an issuer, the address of a metadata document, or a file with one')
    .summary('says whether an authorization server suits MCP clients and this library, and what to configure')
    .description(
      'Looks at an authorization server as MCP clients and MCP Auth do: its documents, issuer, PKCE, registration, keys. Says for which revisions of MCP it is fit, and prints the configuration to use. It asks that server only, without any credentials.',
    )
    .option('--resource <url>', 'your resource, for the configuration that is printed')
    .addOption(new Option('--revision <date>', 'for clients of this revision only').choices(allRevisions))
    .action(
      start<Flags>(async (context, target, flags) => {
        const revisions = flags.revision === undefined ? allRevisions : [flags.revision];
        if (flags.resource !== undefined && readHttpUrl(flags.resource) === undefined)
          throw new UsageError(
            '--resource is the URL that clients use, such as https://api.example.com/mcp.',
          );
        const startedAt = context.io.now().toISOString();
        const { checked, requests } = await check(target ?? '', context, revisions);
        const { findings, issuer, wellKnownUrl, kind } = checked;
        const fitness = judgeFitness(findings, revisions);
        const sample =
          issuer === undefined || kind === 'resource'
            ? undefined
            : writeSample(issuer, { resource: flags.resource, wellKnownUrl });
        const report = createReport({
          command: 'check',
          target: target ?? '',
          startedAt,
          findings,
          requests,
          details: { kind, issuer, fitness, configuration: sample?.code, provider: sample?.provider?.name },
        });
        return writeReport(report, context, flags, (each) =>
          printCheck(each, { fitness, sample }, context.terminal, flags.verbose),
        );
      }),
    );
  addOutputOptions(command);
};

async function check(
  target: string,
  { io, secrets, terminal }: CommandContext,
  revisions: readonly Revision[],
): Promise<{ readonly checked: Checked; readonly requests: number }> {
  const url = readHttpUrl(target);
  if (url === undefined) {
    const document = await readJsonFile(target, io.cwd);
    return { checked: checkDocument(document, escapeText(target), { revisions }), requests: 0 };
  }
  if (url.username !== '' || url.password !== '')
    throw new UsageError('An issuer has no user name and no password in it.');
  const door = createDoor({
    named: [url],
    env: io.env,
    secrets,
    maxRequests: 30,
    onExchange: ({ request }) => terminal.progress(`${request.method} ${request.url}`),
  });
  try {
    return { checked: await checkUrl(url, target, door, revisions), requests: door.requests };
  } finally {
    await door.close();
  }
}
