/** The spelling under which a developer wrote a member, for option paths in errors. */
export function toCamelCaseKey(wireName: string, toCamelCase: (document: never) => object): string {
  return Object.keys(toCamelCase({ [wireName]: null } as never))[0] ?? wireName;
}
