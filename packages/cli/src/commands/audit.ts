import { audit } from '../audit/audit.js';
import { formatBadge, formatBadgeLine } from '../audit/badge.js';
import { formatHtml } from '../audit/html.js';
import { printAudit } from '../audit/print.js';
import { readAuditSettings, type AuditFlags } from '../audit/read-options.js';
import { toReport } from '../audit/to-report.js';
import { endUnfinished, writeReport, writeText } from '../report/write-report.js';
import { escapeText } from '../terminal/escape.js';
import { addOutputOptions, type AddCommand } from './command.js';
import { toSeconds } from './to-seconds.js';

const cutShort = {
  time: 'Not all was judged: the time was over. --max-seconds gives it more.',
  requests: 'Not all was judged: the most requests were sent.',
} as const;

/** `mcp-auth audit <mcp-url>` */
export const addAudit: AddCommand = (program, start) => {
  const command = program
    .command('audit')
    .argument('[mcp-url]', 'the MCP endpoint, as clients write it')
    .summary('judges how well an MCP server is protected, as the standards want it')
    .description(
      'Judges an MCP server from outside, rule by rule, with the clause of each and a grade per area. Without a token it judges what anybody can see; with a token, a narrow token or a test issuer, more.',
    )
    .option('--token <token>', 'a token that the server accepts, - for the standard input')
    .option('--token-file <file>', 'a token that the server accepts is in this file; default: MCP_AUTH_TOKEN')
    .option(
      '--narrow-token-file <file>',
      'a good token without the scopes of the operation; default: MCP_AUTH_NARROW_TOKEN',
    )
    .option('--operation <tool>', 'a tool that needs more scope than the narrow token has')
    .option('--operation-arguments <json>', 'arguments for it')
    .option('--scope <scopes...>', 'scopes that a token of the test issuer needs')
    .option(
      '--issuer-mode',
      'starts a test issuer, says how to trust it, and judges tokens, rotation and outage too',
    )
    .option('--issuer-port <port>', 'where it listens on 127.0.0.1; default: any free port')
    .option('--wait <seconds>', 'how long to wait until the server trusts it; default: 120')
    .option('--max-seconds <seconds>', 'how long to judge; what is left then is not judged', toSeconds, 600)
    .option('--revision <revisions...>', 'revisions of MCP; default: all')
    .option('--exclude <id=reason...>', 'cases that are left out, with the reason that is shown')
    .option('--html <file>', 'write the report as one page')
    .option('--badge <file>', 'write the grade as an SVG picture, and print the Markdown for it')
    .option(
      '--yes-this-is-mine <origin>',
      'send hostile requests to a server that is not on this machine, too',
    )
    .action(
      start<AuditFlags>(async (context, argument, flags) => {
        const { io, secrets, terminal } = context;
        const settings = await readAuditSettings(argument, flags, io, secrets, (line) => terminal.warn(line));
        const found = await audit(settings, context);
        const report = toReport(found);
        if (flags.html !== undefined) await writeText(flags.html, formatHtml(found, report), context);
        if (flags.badge !== undefined) {
          await writeText(flags.badge, formatBadge(found.grade), context);
          terminal.note(escapeText(formatBadgeLine(found.grade, flags.badge)));
        }
        const exitCode = await writeReport(report, context, flags, () =>
          printAudit(found, report, terminal, flags.verbose),
        );
        return found.cutShort === undefined
          ? exitCode
          : endUnfinished(exitCode, cutShort[found.cutShort], terminal);
      }),
    );
  addOutputOptions(command);
};
