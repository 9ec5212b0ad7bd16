/** The camelCase spelling of a wire name. */
export type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** The same members under their camelCase names. */
export type CamelCaseMembers<Members extends object> = {
  readonly [Name in keyof Members as Name extends string ? CamelCase<Name> : never]: Members[Name];
};

export function toCamelCase<Members extends object>(members: Members): CamelCaseMembers<Members> {
  const renamed = Object.entries(members).map(([name, value]): [string, unknown] => [
    name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    value,
  ]);
  // The type says what the line above does with each name
  return Object.fromEntries(renamed) as CamelCaseMembers<Members>;
}
