import { join } from 'node:path';
import { capture, tail, tool } from '../lib/capture.mjs';
import { fastest } from '../lib/compilers.mjs';
import { listProjectFiles, root } from '../lib/project.mjs';

/** Strict TypeScript everywhere, tests, apps and examples included: by the fast compiler, where there is one for the machine. */
export async function* checks() {
  const compiler = await fastest();
  for (const config of listProjectFiles(/^(?:[\w-]+\/){0,2}tsconfig(?:\.portable)?\.json$/)) {
    yield [
      config,
      async () => {
        const [command, ...args] = config.startsWith('docs/')
          ? // Components of Vue are no modules for the compiler alone
            [tool('vue-tsc', 'docs')]
          : [process.execPath, compiler];
        const { ok, output } = await capture(command, [...args, '--noEmit', '--project', join(root, config)]);
        return ok ? [] : [tail(output)];
      },
    ];
  }
}
