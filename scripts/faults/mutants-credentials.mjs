const file = 'credentials/read-credentials.ts';
const token68 = 'credentials/read-credentials.ts';
const tests = ['credentials/read-credentials'];

/** Changes of how the Authorization field is read. */
const credentials = [
  {
    name: 'scheme compared with case',
    search: "value.startsWith('Bearer') || value.slice(0, 6).toLowerCase() === 'bearer'",
    replace: "value.startsWith('Bearer')",
    requirements: ['RFC9110-11.1-01'],
  },
  {
    name: 'one space only',
    search: 'while (value.charCodeAt(start) === 0x20) start++;',
    replace: 'if (value.charCodeAt(start) === 0x20) start++;',
    requirements: ['RFC6750-2.1-02'],
  },
  {
    name: 'any characters as token',
    file: token68,
    search: String.raw`const token68 = /^[A-Za-z0-9\-._~+/]+=*$/;`,
    replace: String.raw`const token68 = /^\S+$/;`,
    requirements: ['RFC6750-2.1-02', 'RFC6750-3.1-01'],
  },
  {
    name: 'padding inside a token',
    file: token68,
    search: '+/]+=*$/',
    replace: '+/=]+$/',
    requirements: ['RFC6750-2.1-02'],
  },
  {
    name: 'joined second Bearer not told',
    search: String.raw`/,\s*bearer\s/i`,
    replace: String.raw`/,\s*bearer\s/`,
    requirements: ['RFC9110-11.6.2-01'],
  },
  {
    name: 'repeated field compared with case',
    search: "name.toLowerCase() !== 'authorization'",
    replace: "name !== 'Authorization'",
    requirements: ['RFC9110-11.6.2-01'],
  },
  {
    name: 'first of two fields looked at only',
    search: 'if (seen) return true;',
    replace: 'if (seen) return false;',
    requirements: ['RFC9110-11.6.2-01'],
  },
  {
    name: 'token taken from the query',
    search: "const value = head.header('authorization');",
    replace:
      "const queried = new URLSearchParams(head.target.split('?')[1]).get('access_token');\n  const value = head.header('authorization') ?? (queried === null ? undefined : `Bearer ${queried}`);",
    requirements: ['OAUTH21-5.1-01', 'MCP-2026-07-28-RS-014'],
  },
  {
    name: 'other scheme taken for malformed',
    search: 'joinedBearer.test(value) ? repeated : otherScheme;',
    replace: 'joinedBearer.test(value) ? repeated : malformed;',
    requirements: ['RFC6750-3.1-04'],
  },
];

export const mutants = credentials.map((mutant) => ({ file, tests, ...mutant }));
