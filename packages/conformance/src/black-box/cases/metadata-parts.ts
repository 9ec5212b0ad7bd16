import type { CaseDraft } from '../define-cases.js';
import { isLoopback, type JsonRecord } from '../exchange.js';
import type { FoundMetadata } from '../find-metadata.js';
import type { Probe } from '../probe.js';
import { skipped, type Verdict } from '../verdict.js';

export const noDocument = 'There is no metadata document: see metadata-published.';

/** A case about the document, where there is one. */
export function about(
  draft: Omit<CaseDraft, 'probe'>,
  judge: (document: JsonRecord, found: FoundMetadata, probe: Probe) => Verdict,
): CaseDraft {
  return {
    ...draft,
    probe: async (probe) => {
      const found = await probe.metadata();
      return found === undefined ? skipped(noDocument) : judge(found.document, found, probe);
    },
  };
}

/** https, or http on this machine. */
export function isSafeUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const url = new URL(value);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}
