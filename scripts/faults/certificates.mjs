/** Faults in how tokens are bound to client certificates. */
const check = 'packages/core/src/sender/certificate-check.ts';
const source = 'packages/core/src/sender/certificate-source.ts';
const requirements = ['RFC8705-3-01'];

export const faults = [
  {
    name: 'any certificate will do',
    file: check,
    search: 'return found.thumbprint === bound',
    replace: "return found.thumbprint !== ''",
    requirements,
  },
  {
    name: 'a bound token needs no certificate',
    file: check,
    search: "if ('hint' in found) {",
    replace: "if ('hint' in found && bound === '') {",
    also: [
      {
        file: check,
        search: 'return found.thumbprint === bound',
        replace: "return 'hint' in found || found.thumbprint === bound",
      },
    ],
    requirements,
  },
  {
    name: 'anybody may name the certificate',
    file: source,
    search: 'if (undeclared !== undefined) return { hint: undeclared };',
    replace: '',
    requirements: ['RFC8705-6.5-01'],
  },
  {
    name: 'any secret of a proxy counts',
    file: source,
    search: 'return difference === 0;',
    replace: 'return difference >= 0;',
    requirements: ['RFC8705-6.5-01'],
  },
  {
    name: 'any address is that of a declared proxy',
    file: source,
    search: 'address !== undefined && proxy.proxies.some((range) => isInRange(address, range))',
    replace: 'address !== undefined',
    suite: 'certificates',
  },
  {
    name: 'of certificate headers that repeat, the first one counts',
    file: source,
    search: 'if (values.length > 1)',
    replace: 'if (values.length > 9)',
    requirements,
  },
  {
    name: 'of two elements of Envoy, one counts',
    file: 'packages/core/src/sender/certificate-header.ts',
    search: "pairs.has(key) && (key === 'hash' || key === 'cert')",
    replace: "pairs.has(key) && key === 'nothing'",
    suite: 'certificates',
  },
  {
    name: 'two certificates in one value are one',
    file: 'packages/core/src/sender/certificate-header.ts',
    search: 'return length > 0 && der.length === 2 + lengthBytes + length;',
    replace: 'return length > 0;',
    suite: 'certificates',
  },
  {
    name: 'a certificate that Workers have not verified counts',
    file: 'packages/core/src/web/read-host-certificate.ts',
    search: " && certVerified === 'SUCCESS'",
    replace: '',
    suite: 'certificates',
  },
];
