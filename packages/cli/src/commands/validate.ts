import { Option } from 'commander';
import { CannotError, UsageError } from '../errors.js';
import { judgeByStandard } from '../documents/judge-document.js';
import { detectKind, documentKinds, kindTexts, type DocumentKind } from '../documents/kind.js';
import { createDoor } from '../net/door.js';
import type { Exchange } from '../net/exchange.js';
import { createReport, type Finding } from '../report/report.js';
import { writeReport } from '../report/write-report.js';
import { readStdin } from '../secrets/read-token.js';
import { readHttpUrl } from '../shared/files.js';
import { parseJson, readTextFile } from '../shared/read-document.js';
import { addOutputOptions, type AddCommand, type CommandContext, type OutputOptions } from './command.js';

interface Flags extends OutputOptions {
  readonly kind?: DocumentKind;
  readonly expected?: string;
}

/** `mcp-auth validate <file|url|->` */
export const addValidate: AddCommand = (program, start) => {
  const command = program
    .command('validate')
    .argument('<file|url|->', 'a metadata document: a file, its address, or - for the standard input')
    .summary('holds a metadata document against its standard, member by member')
    .description(
      'Holds a metadata document against its standard (RFC 8414, OpenID Connect Discovery, RFC 9728): the path of every mistake, and its fix. Offline, unless it is given an address.',
    )
    .addOption(
      new Option('--kind <kind>', 'what the document is; without it its members tell').choices(documentKinds),
    )
    .option('--expected <url>', 'the issuer or the resource that it must be about')
    .action(
      start<Flags>(async (context, target, flags) => {
        const startedAt = context.io.now().toISOString();
        const { text, exchange, requests } = await read(target ?? '', context);
        const document = parseJson(text, target === '-' ? 'The standard input' : (target ?? ''));
        const kind = flags.kind ?? detectKind(document);
        if (kind === undefined)
          throw new CannotError(
            'This is no metadata document: it has neither issuer nor resource. Say what it is with --kind.',
          );
        const note: Finding = {
          id: 'document/kind',
          area: 'document',
          severity: 'note',
          outcome: 'passed',
          title: `Read as ${kindTexts[kind].name}`,
        };
        const findings = judgeByStandard(document, {
          kind,
          expected: flags.expected,
          revisions: [],
          exchange,
        });
        const report = createReport({
          command: 'validate',
          target: target ?? '',
          startedAt,
          findings: [note, ...findings],
          requests,
          details: { kind },
        });
        return writeReport(report, context, flags);
      }),
    );
  addOutputOptions(command);
};

interface Read {
  readonly text: string;
  readonly exchange?: Exchange;
  readonly requests: number;
}

async function read(target: string, { io, secrets }: CommandContext): Promise<Read> {
  if (target === '-') return { text: await readStdin(io, 1024 * 1024), requests: 0 };
  const url = readHttpUrl(target);
  if (url === undefined) return { text: await readTextFile(target, io.cwd), requests: 0 };
  if (url.username !== '' || url.password !== '')
    throw new UsageError('The address of a public document has no user name and no password in it.');
  const door = createDoor({ named: [url], env: io.env, secrets, maxRequests: 1 });
  try {
    const { status, text, exchange, headers } = await door.send(url, {
      headers: { accept: 'application/json' },
    });
    if (status !== 200) {
      const location = headers.get('location');
      throw new CannotError(
        `${url.href} answers with status ${status}${location === null ? '' : `, which leads to ${location}`}.`,
      );
    }
    return { text, exchange, requests: door.requests };
  } finally {
    await door.close();
  }
}
