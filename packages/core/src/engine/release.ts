import manifest from '../../package.json' with { type: 'json' };

/** A package and its version, as its manifest has them. */
export interface Release {
  readonly name: string;
  readonly version: string;
}

/** A framework as it is installed. */
export interface FrameworkRelease {
  readonly name: string;
  /** Absent where nothing tells. */
  readonly version: string | undefined;
  /** The versions that an adapter is tested with, as in `peerDependencies`: `^4.21.0 || ^5.0.0`. */
  readonly range: string;
}

/** The core that runs. */
export const coreRelease: Release = { name: manifest.name, version: manifest.version };

/**
 * A sentence for each class from `type` up to the core that belongs to another release than the core, for all packages are
 * tested, and released, with one version; and one for a framework that it was never tested with.
 */
export function describeOtherReleases(type: object | undefined, core = coreRelease): string[] {
  const sentences: string[] = [];
  for (let at: object | null = type ?? null; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const { release, framework } = readOwn(at);
    if (release === undefined) continue;
    const other = framework && describeOtherFramework(release, framework);
    if (other !== undefined) sentences.push(other);
    if (release.version === core.version) continue;
    sentences.push(
      `${release.name} ${release.version} runs on ${core.name} ${core.version}, and was never tested with it. Install both in one version.`,
    );
  }
  return sentences;
}

interface Releases {
  readonly release?: Release | undefined;
  readonly framework?: FrameworkRelease | undefined;
}

/** What a class says itself, and does not inherit. */
function readOwn(type: object): Releases {
  const { release, framework } = type as Releases;
  return {
    release: Object.hasOwn(type, 'release') ? release : undefined,
    framework: Object.hasOwn(type, 'framework') ? framework : undefined,
  };
}

/**
 * What to say where a framework is installed in a version that an adapter was never tested with: package managers refuse that, and
 * can be made to do it all the same.
 *
 * @returns nothing where the version is in the range, or not known
 * @see {@link FrameworkRelease}
 * @example
 * ```ts
 * import { describeOtherFramework } from '@mcp-auth/core/adapter';
 *
 * const adapter = { name: '@mcp-auth/fastify', version: '1.0.0' };
 * const sentence = describeOtherFramework(adapter, { name: 'fastify', version: '4.29.0', range: '^5.0.0' });
 * ```
 */
export function describeOtherFramework(
  adapter: Release,
  { name, version, range }: FrameworkRelease,
): string | undefined {
  if (version === undefined || isIn(version, range)) return undefined;
  const newest = Math.max(...readRange(range).map(([major]) => major));
  return `${adapter.name} ${adapter.version} runs on ${name} ${version}, and was only tested with ${name} ${range}. Install that: npm install ${name}@${newest}`;
}

type Version = readonly [major: number, minor: number, patch: number];

function isIn(version: string, range: string): boolean {
  const [major, ...rest] = readVersion(version);
  return readRange(range).some((least) => major === least[0] && isAtLeast(rest, least.slice(1)));
}

function isAtLeast(given: readonly number[], least: readonly number[]): boolean {
  const index = least.findIndex((part, at) => part !== given[at]);
  return index < 0 || (given[index] ?? 0) > (least[index] ?? 0);
}

/** Carets alone, which is what manifests of adapters have. */
function readRange(range: string): readonly Version[] {
  return range.split('||').map((part) => readVersion(part.trim().slice(1)));
}

function readVersion(version: string): Version {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return [major, minor, patch];
}
