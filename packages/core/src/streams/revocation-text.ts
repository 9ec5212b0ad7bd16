import type { Revocation } from './revocation-list.js';

/** A revocation as another process reads it. */
export interface WrittenRevocation {
  readonly revocation: Revocation;
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
}

const kinds: ReadonlySet<unknown> = new Set<Revocation['by']>(['subject', 'client', 'tokenId']);

export function formatRevocation({ revocation, madeAt }: WrittenRevocation): string {
  const { issuer, by, value, issuedUpTo } = revocation;
  return JSON.stringify({ issuer, by, value, issuedUpTo, madeAt });
}

/** Nothing for what is not of this very form: another release may have written it. */
export function parseRevocation(text: string): WrittenRevocation | undefined {
  const { issuer, by, value, issuedUpTo, madeAt } = parseObject(text);
  if (typeof issuer !== 'string' || !kinds.has(by) || typeof value !== 'string') return undefined;
  if (!Number.isFinite(issuedUpTo) || !Number.isFinite(madeAt)) return undefined;
  const revocation = { issuer, by: by as Revocation['by'], value, issuedUpTo: issuedUpTo as number };
  return { revocation, madeAt: madeAt as number };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
