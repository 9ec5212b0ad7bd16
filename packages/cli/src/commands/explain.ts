import { UsageError } from '../errors.js';
import { explain } from '../explain/explain.js';
import { printExplanation } from '../explain/print.js';
import { readExplainSettings, type ExplainFlags } from '../explain/read-options.js';
import { writeReport } from '../report/write-report.js';
import { readToken } from '../secrets/read-token.js';
import { addOutputOptions, type AddCommand, type OutputOptions } from './command.js';

interface Flags extends ExplainFlags, OutputOptions {
  readonly tokenFile?: string;
}

/** `mcp-auth explain <token|->` */
export const addExplain: AddCommand = (program, start) => {
  const command = program
    .command('explain')
    .argument('[token]', '- reads it from the standard input; without it --token-file or MCP_AUTH_TOKEN')
    .summary('says which check would refuse an access token, and why; on this machine only')
    .description(
      'Says which check of a server would refuse an access token, with what it expects and what is there. Everything happens on this machine: nothing is sent anywhere.',
    )
    .option('--token-file <file>', 'the token is in this file')
    .option('--resource <url>', 'the resource that the token is sent to')
    .option('--issuer <url...>', 'an authorization server that it trusts')
    .option('--audience <name...>', 'what aud must name, where that is not the resource')
    .option('--scope <scopes...>', 'scopes that the route requires')
    .option('--keys <file>', 'the key set of the issuer, so that the signature can be checked')
    .option('--config <file>', 'all of that as JSON or as the default export of a module')
    .option('--now <time>', 'judges the token at another time')
    .action(
      start<Flags>(async (context, argument, flags) => {
        const { io, secrets, terminal } = context;
        const given = await readToken({ token: argument, tokenFile: flags.tokenFile }, io);
        if (given === undefined)
          throw new UsageError(
            'There is no token: pipe it in and write -, or use --token-file or MCP_AUTH_TOKEN.',
          );
        secrets.add(given.token);
        if (given.warning !== undefined) terminal.warn(given.warning);
        const { resource, issuer, audience, scope, keys, config, now } = flags;
        const named = { resource, issuer, audience, scope, keys, config, now };
        const settings = await readExplainSettings(given.token, named, io);
        const explained = await explain(given.token, settings, io.now());
        return writeReport(explained.report, context, flags, () =>
          printExplanation(explained, terminal, flags.verbose),
        );
      }),
    );
  addOutputOptions(command);
};
