import { frameworks } from '../frameworks.js';
import type { Project } from '../project-options.js';
import { toJson } from './json.js';

/** For editors and the script `types`: sources and tests. */
export function formatTsconfig({ framework }: Project): string {
  const { host, decorators } = frameworks[framework];
  const strict = { strict: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true };
  if (host === 'next') {
    return toJson({
      // All that `next build` would write into this file
      compilerOptions: {
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable'],
        module: 'esnext',
        moduleResolution: 'bundler',
        ...strict,
        allowJs: true,
        esModuleInterop: true,
        incremental: true,
        isolatedModules: true,
        jsx: 'react-jsx',
        noEmit: true,
        plugins: [{ name: 'next' }],
        resolveJsonModule: true,
        skipLibCheck: true,
      },
      include: ['next-env.d.ts', 'src', 'test', '.next/types/**/*.ts', '.next/dev/types/**/*.ts'],
      exclude: ['node_modules'],
    });
  }
  return toJson({
    compilerOptions: {
      target: 'es2022',
      lib: ['es2023', 'dom', 'dom.iterable'],
      module: 'nodenext',
      types: ['node'],
      ...strict,
      ...(decorators && { experimentalDecorators: true }),
      skipLibCheck: true,
      noEmit: true,
    },
    include: ['src', 'test'],
  });
}

/** For the script `build`: what is started. */
export function formatBuildTsconfig(): string {
  return toJson({
    extends: './tsconfig.json',
    compilerOptions: { noEmit: false, rootDir: 'src', outDir: 'dist' },
    include: ['src'],
  });
}
