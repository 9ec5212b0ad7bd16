import { expect } from 'vitest';
import { MCPAuthConfigError } from '../../src/errors/config-error.js';

export interface ConfigProblem {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** The configuration error that this throws; anything else it does fails the test. */
export function configError(run: () => unknown): ConfigProblem {
  try {
    run();
  } catch (error) {
    if (!(error instanceof MCPAuthConfigError)) throw error;
    return { code: error.code, path: error.path, message: error.message };
  }
  return expect.fail('no error was thrown');
}
