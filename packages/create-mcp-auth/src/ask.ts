import { select, text } from '@clack/prompts';
import { CreateProjectError } from './create-error.js';
import type { Flags } from './flags.js';
import { type FrameworkName, frameworks } from './frameworks.js';
import {
  checkSetting,
  defaultResource,
  type Language,
  type ProjectOptions,
  readProjectName,
  readResource,
} from './project-options.js';
import { type ProviderName, providers } from './providers.js';

/** The person at the terminal does not want a project. */
export class Cancelled extends Error {}

/**
 * Asks for what the flags have not said.
 *
 * @throws {Cancelled} at Ctrl-C
 */
export async function ask(flags: Flags): Promise<ProjectOptions> {
  const folder = flags.folder ?? (await askText('Which folder?', 'my-mcp-server', readProjectName));
  const framework = flags.framework ?? (await askName<FrameworkName>('Which framework?', frameworks));
  const language =
    flags.language ??
    (await askName<Language>('Which language?', {
      ts: { label: 'TypeScript' },
      js: { label: 'JavaScript' },
    }));
  const provider = flags.provider ?? (await askName<ProviderName>('Who issues the tokens?', providers));
  const resource =
    flags.resource ??
    (await askText('Which URL will clients use for the server?', defaultResource, readResource));
  return {
    folder,
    framework,
    language,
    provider,
    resource,
    settings: await askSettings(provider, flags.settings),
  };
}

/** An empty answer is one: the value can be written into `.env` later. */
async function askSettings(
  provider: ProviderName,
  said: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const { settings } = providers[provider];
  const answers: Record<string, string> = { ...said };
  for (const { name, meaning, example, default: value } of settings) {
    if (name in said || value !== undefined) continue;
    const answer = await read(
      text({
        message: `${meaning} (${name}; empty if you do not have it yet)`,
        placeholder: example,
        validate: (entered = '') => (entered === '' ? undefined : explain(() => checkSetting(name, entered))),
      }),
    );
    if (answer !== '') answers[name] = answer;
  }
  return answers;
}

function askText(message: string, value: string, check: (entered: string) => unknown): Promise<string> {
  return read(
    text({
      message,
      placeholder: value,
      defaultValue: value,
      validate: (entered = '') => (entered === '' ? undefined : explain(() => check(entered))),
    }),
  );
}

async function askName<Name extends string>(
  message: string,
  known: Readonly<Record<Name, { readonly label: string }>>,
): Promise<Name> {
  const names = Object.keys(known) as Name[];
  const options = names.map((value): { value: string; label: string } => ({
    value,
    label: known[value].label,
  }));
  return (await read(select({ message, options }))) as Name;
}

function explain(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof CreateProjectError) return error.message;
    throw error;
  }
}

/** Ctrl-C is answered with a symbol. */
async function read(answer: Promise<string | symbol | undefined>): Promise<string> {
  const value = await answer;
  if (typeof value === 'symbol') throw new Cancelled();
  return value ?? '';
}
