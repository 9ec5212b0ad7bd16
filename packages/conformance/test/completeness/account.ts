interface Exclusion {
  readonly id: string;
  readonly reason: string;
}

interface Account {
  /** Everything that must be shown by a case or excluded. */
  readonly duties: readonly string[];
  readonly cited: ReadonlySet<string>;
  readonly exclusions: readonly Exclusion[];
  /** Everything that there is to exclude. */
  readonly known: ReadonlySet<string>;
}

/** What a form of the cases leaves open: all of it is to be empty. */
export function openPoints({ duties, cited, exclusions, known }: Account) {
  const excluded = new Set(exclusions.map(({ id }) => id));
  return {
    neither: duties.filter((id) => !cited.has(id) && !excluded.has(id)),
    both: duties.filter((id) => cited.has(id) && excluded.has(id)),
    unknown: [...excluded].filter((id) => !known.has(id)),
    unexplained: exclusions.filter(({ reason }) => reason.trim() === ''),
  };
}

export const nothingOpen = { neither: [], both: [], unknown: [], unexplained: [] };
