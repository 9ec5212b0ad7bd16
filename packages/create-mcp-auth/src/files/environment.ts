import { frameworks } from '../frameworks.js';
import type { Project } from '../project-options.js';
import { providers } from '../providers.js';

/** `.env.example`: every setting, what it is, and a value as it might be. */
export function formatEnvironmentExample(project: Project): string {
  const { settings } = providers[project.provider];
  return formatEnvironment(project, new Map(settings.map(({ name, example }) => [name, example])));
}

/** `.env`: the same with the values that are known already. */
export function formatEnvironment(project: Project, values: ReadonlyMap<string, string>): string {
  const { settings } = providers[project.provider];
  const { host } = frameworks[project.framework];
  return [
    '# The URL that clients use for this server, character by character',
    `RESOURCE=${project.resource.href}`,
    // Next.js is told where it listens by the command that starts it
    ...(host === 'node'
      ? [
          '# Where it listens. A container sets HOST to 0.0.0.0',
          'HOST=127.0.0.1',
          `PORT=${portOf(project.resource)}`,
        ]
      : []),
    ...settings.flatMap(({ name, meaning }) => [`# ${meaning}`, `${name}=${values.get(name) ?? ''}`]),
    '',
  ].join('\n');
}

/** On this machine clients connect to the server itself; elsewhere there is a proxy with TLS in front of it. */
export function portOf({ protocol, port }: URL): string {
  return protocol === 'http:' && port !== '' ? port : '3000';
}
