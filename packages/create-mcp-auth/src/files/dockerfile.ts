import { frameworks } from '../frameworks.js';
import { packageManagers } from '../package-managers.js';
import type { Project } from '../project-options.js';
import { portOf } from './environment.js';

/** What an image is made of, by what runs the server and in which language it is written. */
interface Parts {
  /** Files that the build needs besides the sources. */
  readonly settings: readonly string[];
  /** What the image gets besides packages. */
  readonly result: string;
  readonly command: readonly string[];
}

/** `Dockerfile`: the tools stay in its first stage. */
export function formatDockerfile(project: Project): string {
  const { resource, packageManager } = project;
  const { run, image } = packageManagers[packageManager];
  const { settings, result, command } = describe(project);
  return [
    'FROM node:24-slim AS build',
    'WORKDIR /app',
    ...image.setup,
    `COPY package.json ${image.lockfiles} ./`,
    `RUN ${image.install}`,
    ...(settings.length > 0 ? [`COPY ${settings.join(' ')} ./`] : []),
    'COPY src src',
    ...(result === 'src' ? [] : [`RUN ${run} build`]),
    `RUN ${image.prune}`,
    '',
    'FROM node:24-slim',
    '# In a container every address is its own',
    'ENV NODE_ENV=production HOST=0.0.0.0',
    'WORKDIR /app',
    'COPY --from=build /app/package.json ./',
    'COPY --from=build /app/node_modules node_modules',
    `COPY --from=build /app/${result} ${result}`,
    'USER node',
    `EXPOSE ${portOf(resource)}`,
    `CMD ${JSON.stringify(command).replaceAll(',', ', ')}`,
    '',
  ].join('\n');
}

function describe({ framework, language, resource }: Project): Parts {
  const { host } = frameworks[framework];
  const inTypeScript = language === 'ts';
  if (host === 'next') {
    const next = 'node_modules/next/dist/bin/next';
    return {
      settings: inTypeScript ? ['tsconfig.json'] : [],
      result: '.next',
      command: ['node', next, 'start', '--port', portOf(resource)],
    };
  }
  return inTypeScript
    ? {
        settings: ['tsconfig.json', 'tsconfig.build.json'],
        result: 'dist',
        command: ['node', 'dist/server.js'],
      }
    : { settings: [], result: 'src', command: ['node', 'src/server.js'] };
}
