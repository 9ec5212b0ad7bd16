/** A challenge as a strict client reads it. */
export interface ParsedChallenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+/;

/**
 * Parses one challenge by the grammar of RFC 9110 §11.6.1 and nothing but the grammar: one scheme, one space, parameters
 * separated by a comma, each value a token or a quoted string, no parameter twice, no byte outside visible ASCII and space.
 */
export function parseChallenge(value: string): ParsedChallenge {
  if (!/^[\x20-\x7e]+$/.test(value)) throw new SyntaxError('bytes that no field value may hold');
  const scheme = token.exec(value)?.[0];
  if (scheme === undefined) throw new SyntaxError('no scheme');
  let rest = value.slice(scheme.length);
  if (!rest.startsWith(' ')) throw new SyntaxError('no space after the scheme');
  rest = rest.slice(1);
  const parameters: Record<string, string> = {};
  for (;;) {
    const name = token.exec(rest)?.[0]?.toLowerCase();
    if (name === undefined) throw new SyntaxError('no parameter name');
    if (Object.hasOwn(parameters, name)) throw new SyntaxError(`${name} occurs twice`);
    rest = rest.slice(name.length);
    if (!rest.startsWith('=')) throw new SyntaxError('no equals sign');
    const [text, after] = readValue(rest.slice(1));
    parameters[name] = text;
    if (after === '') return { scheme, parameters };
    const comma = /^ *, */.exec(after)?.[0];
    if (comma === undefined) throw new SyntaxError('no comma between parameters');
    rest = after.slice(comma.length);
  }
}

function readValue(rest: string): [text: string, after: string] {
  if (!rest.startsWith('"')) {
    const bare = token.exec(rest)?.[0];
    if (bare === undefined) throw new SyntaxError('no value');
    return [bare, rest.slice(bare.length)];
  }
  let text = '';
  for (let index = 1; index < rest.length; index++) {
    const character = rest.charAt(index);
    if (character === '"') return [text, rest.slice(index + 1)];
    if (character === '\\') {
      index += 1;
      if (index >= rest.length) break;
    }
    text += rest.charAt(index);
  }
  throw new SyntaxError('the quoted string does not end');
}
