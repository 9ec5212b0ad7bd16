/** How a package manager is spoken to, in a terminal and in an image. */
export interface PackageManager {
  readonly install: string;
  /** In front of the name of a script. */
  readonly run: string;
  /** Runs a package that is not installed. */
  readonly execute: string;
  readonly image: {
    /** What has to be there first, as lines of a Dockerfile. */
    readonly setup: readonly string[];
    readonly lockfiles: string;
    readonly install: string;
    /** Leaves what the server needs when it runs. */
    readonly prune: string;
  };
}

/** `yarn-classic` is version 1, `yarn` all later ones. */
export type PackageManagerName = 'npm' | 'pnpm' | 'yarn-classic' | 'yarn' | 'bun';

export const packageManagers: Readonly<Record<PackageManagerName, PackageManager>> = {
  npm: {
    install: 'npm install',
    run: 'npm run',
    execute: 'npx',
    image: {
      setup: [],
      lockfiles: 'package-lock.json',
      install: 'npm ci',
      prune: 'npm prune --omit=dev',
    },
  },
  pnpm: {
    install: 'pnpm install',
    run: 'pnpm run',
    execute: 'pnpm dlx',
    image: {
      setup: ['RUN npm install --global pnpm@10'],
      lockfiles: 'pnpm-lock.yaml',
      install: 'pnpm install --frozen-lockfile',
      prune: 'CI=true pnpm prune --prod',
    },
  },
  'yarn-classic': {
    install: 'yarn install',
    run: 'yarn run',
    execute: 'npx',
    image: {
      setup: [],
      lockfiles: 'yarn.lock',
      install: 'yarn install --frozen-lockfile',
      prune: 'yarn install --frozen-lockfile --production',
    },
  },
  yarn: {
    install: 'yarn install',
    run: 'yarn run',
    execute: 'yarn dlx',
    image: {
      setup: ['RUN npm install --global corepack && corepack enable'],
      lockfiles: 'yarn.lock .yarnrc.yml',
      install: 'yarn install --immutable',
      prune: 'yarn workspaces focus --production',
    },
  },
  bun: {
    install: 'bun install',
    run: 'bun run',
    execute: 'bunx',
    image: {
      setup: ['RUN npm install --global bun'],
      lockfiles: 'bun.lock',
      install: 'bun install --frozen-lockfile',
      prune: 'rm -rf node_modules && bun install --frozen-lockfile --production',
    },
  },
};

/** The one that runs this process says so in `npm_config_user_agent`; without a word it is npm. */
export function detectPackageManager(userAgent = ''): PackageManagerName {
  const [, name = '', major = ''] = /^(\w+)\/(\d+)/.exec(userAgent) ?? [];
  if (name === 'yarn') return major === '1' ? 'yarn-classic' : 'yarn';
  return name === 'pnpm' || name === 'bun' ? name : 'npm';
}
