export const header = (sources: string) => `// Generated from ${sources} by pnpm codegen. Do not edit.\n`;

/** A member name as a property of an object type or literal. */
export const property = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** A read of a member. */
export const access = (object: string, name: string) =>
  property(name) === name ? `${object}.${name}` : `${object}[${JSON.stringify(name)}]`;

export const quote = (text: string) => JSON.stringify(text);

export const lowerFirst = (name: string) =>
  name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (start) => start.toLowerCase());

export const comment = (lines: readonly string[], indent = '') => {
  const safe = lines.map((line) => line.replaceAll('*/', '* /'));
  return safe.length === 1
    ? `${indent}/** ${safe[0] ?? ''} */\n`
    : `${indent}/**\n${safe.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
};

/** The end of a doc comment: where the standard says it, and an example. */
export const seeAndExample = (see: string, code: readonly string[]) => [
  `@see ${see}`,
  '@example',
  '```ts',
  ...code,
  '```',
];
