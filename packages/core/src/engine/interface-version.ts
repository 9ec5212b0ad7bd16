import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { coreRelease, type Release } from './release.js';

/**
 * Version of the adapter interface that this core has. Adapters state the number that they were written for, and never this constant: it
 * says what is installed.
 */
export const adapterInterfaceVersion = 1;

/** What an adapter for this core states. */
export type AdapterInterfaceVersion = typeof adapterInterfaceVersion;

interface Adapter {
  readonly name: string;
  readonly release?: Release | undefined;
  readonly interfaceVersion?: unknown;
}

/**
 * Refuses a class that was written for another interface than this core has, or does not say for which: calls that one side does not know
 * would be left out without a word.
 *
 * @throws {MCPAuthConfigError} `unsupported_adapter`
 */
export function checkInterfaceVersion({ name, release, interfaceVersion: stated }: Adapter): void {
  if (stated === adapterInterfaceVersion) return;
  const { name: core, version } = coreRelease;
  const who = release === undefined || release === coreRelease ? name : `${release.name} ${release.version}`;
  const has = `${core} ${version} has version ${adapterInterfaceVersion}`;
  throw new MCPAuthConfigError(
    'unsupported_adapter',
    'interfaceVersion',
    `${stated === undefined ? `does not say which version of the adapter interface it was written for, and ${has}` : `was written for version ${describeVersion(stated)} of the adapter interface, and ${has}`}. ${findFix(stated)}`,
    { of: who },
  );
}

const describeVersion = (stated: unknown) =>
  typeof stated === 'number' ? String(stated) : describeValue(stated);

function findFix(stated: unknown): string {
  if (typeof stated !== 'number')
    return `Write static override readonly interfaceVersion = ${adapterInterfaceVersion} in the class that extends BaseMCPAuth.`;
  return stated > adapterInterfaceVersion
    ? `Install a newer ${coreRelease.name}.`
    : 'Install a newer release of the adapter.';
}
