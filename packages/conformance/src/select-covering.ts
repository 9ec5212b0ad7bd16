/** The first cases that show something which none before them has shown. */
export function selectCovering<Case>(
  cases: readonly Case[],
  factsOf: (each: Case) => readonly string[],
): readonly Case[] {
  const seen = new Set<string>();
  return cases.filter((each) => {
    const facts = factsOf(each);
    if (facts.every((fact) => seen.has(fact))) return false;
    for (const fact of facts) seen.add(fact);
    return true;
  });
}
