import { join } from 'node:path';
import { capture } from './capture.mjs';
import { root } from './project.mjs';

/** The compilers users may have, and the name each is installed under in this workspace. */
export const compilers = {
  5.6: 'typescript-5.6',
  5.9: 'typescript',
  '6.0': 'typescript-6.0',
  '7.0': 'typescript-7.0',
};

export const tsc = (version) => join(root, 'node_modules', compilers[version], 'bin', 'tsc');

/** TypeScript 7 is a program for each platform, and not every platform has one. */
export async function canCompile(version) {
  return (await capture(process.execPath, [tsc(version), '--version'])).ok;
}

/** The fast one where the machine has it; both say the same of this project. */
export const fastest = async () => tsc((await canCompile('7.0')) ? '7.0' : '5.9');
