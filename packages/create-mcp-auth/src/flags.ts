import { parseArgs } from 'node:util';
import { CreateProjectError } from './create-error.js';
import type { FrameworkName } from './frameworks.js';
import { frameworks } from './frameworks.js';
import { type Language, languages } from './project-options.js';
import { type ProviderName, providers } from './providers.js';

/** What was said in front of any question. The names are checked where the project is made. */
export interface Flags {
  readonly folder: string | undefined;
  readonly framework: FrameworkName | undefined;
  readonly language: Language | undefined;
  readonly provider: ProviderName | undefined;
  readonly resource: string | undefined;
  readonly settings: Readonly<Record<string, string>>;
  /** Asks nothing. */
  readonly yes: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

export const usage = `npm create mcp-auth [folder] -- [options]

  --framework  ${Object.keys(frameworks).join(', ')}
  --language   ${languages.join(', ')}
  --provider   ${wrap(Object.keys(providers))}
  --resource   the URL that clients will use, http://localhost:3000/mcp unless it is named
  --env        NAME=value, a setting of the provider; may be repeated
  --yes        asks nothing: Express, TypeScript and the practice issuer where no option says another
  --help, --version
`;

function wrap(names: readonly string[]): string {
  const half = Math.ceil(names.length / 2);
  return [names.slice(0, half), names.slice(half)].map((part) => part.join(', ')).join(',\n               ');
}

/** @throws {CreateProjectError} `unknown_option`, `invalid_option` */
export function readFlags(args: readonly string[]): Flags {
  const { values, positionals } = parse(args);
  const [folder, ...others] = positionals;
  if (others.length > 0) {
    throw new CreateProjectError('invalid_option', `Name one folder, not ${positionals.join(' and ')}.`);
  }
  return {
    folder,
    framework: oneOf('framework', values.framework, Object.keys(frameworks) as FrameworkName[]),
    language: oneOf('language', values.language, languages),
    provider: oneOf('provider', values.provider, Object.keys(providers) as ProviderName[]),
    resource: values.resource,
    settings: Object.fromEntries((values.env ?? []).map(readPair)),
    yes: values.yes ?? false,
    help: values.help ?? false,
    version: values.version ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        framework: { type: 'string' },
        language: { type: 'string' },
        provider: { type: 'string' },
        resource: { type: 'string' },
        env: { type: 'string', multiple: true },
        yes: { type: 'boolean', short: 'y' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new CreateProjectError('unknown_option', `${(error as Error).message}\n\n${usage}`);
  }
}

function oneOf<Name extends string>(
  flag: string,
  value: string | undefined,
  names: readonly Name[],
): Name | undefined {
  if (value === undefined) return undefined;
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  throw new CreateProjectError(
    'invalid_option',
    `--${flag} must be one of ${names.join(', ')}. Got ${JSON.stringify(value)}.`,
  );
}

function readPair(text: string): [name: string, value: string] {
  const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new CreateProjectError('invalid_option', `--env must be NAME=value. Got ${JSON.stringify(text)}.`);
}
