import type { ExcludedRequirement } from './excluded-requirements.js';

const content = 'Says what a document holds: no request is refused for it.';

/** Rules that are shown by cases, but have nothing to refuse. The entries look like those of the exclusions. */
export const oneSidedRequirements: readonly ExcludedRequirement[] = [
  { id: 'RFC9728-2-01', reason: content },
  { id: 'RFC9728-2-02', reason: content },
  { id: 'RFC9728-2-03', reason: content },
  { id: 'RFC9728-2-05', reason: content },
  { id: 'RFC9728-3.2-03', reason: content },
];
