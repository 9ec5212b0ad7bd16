const node = 'packages/core/src/signatures/node-signatures.ts';
const web = 'packages/core/src/signatures/web-signatures.ts';

/** Faults in what counts as a signature. */
export const faults = [
  {
    name: 'node: DER taken for an ECDSA signature',
    file: node,
    search: "{ dsaEncoding: 'ieee-p1363' }",
    replace: "{ dsaEncoding: 'der' }",
    also: [
      {
        file: node,
        search: 'return verify(digest,',
        replace:
          "return verify(digest, Buffer.from(jws.slice(0, end), 'latin1'), { ...key, dsaEncoding: 'ieee-p1363' }, signature) ? 'signed' : verify(digest,",
      },
    ],
    suite: 'signatures',
  },
  {
    name: 'node: a PSS salt of any length taken',
    file: node,
    search: 'constants.RSA_PSS_SALTLEN_DIGEST',
    replace: 'constants.RSA_PSS_SALTLEN_AUTO',
    suite: 'signatures',
  },
  {
    name: 'node: type of the key not checked',
    file: node,
    search: 'key?.asymmetricKeyType !== keyType',
    replace: 'key === undefined',
    suite: 'signatures',
  },
  {
    name: 'node: curve of the key not checked',
    file: node,
    search: 'if (namedCurve !== curve)',
    replace: 'if (namedCurve === null)',
    suite: 'signatures',
  },
  {
    name: 'node: the signature found where the first segment ends',
    file: node,
    search: "jws.lastIndexOf('.')",
    replace: "jws.indexOf('.')",
    suite: 'signatures',
  },
  {
    name: 'node: what is thrown counts as signed',
    file: node,
    search: "nobody has signed it\n    return 'not-signed';",
    replace: "nobody has signed it\n    return 'signed';",
    suite: 'node-signatures',
  },
  {
    name: 'node: a key that is refused counts as one that signed',
    file: node,
    search: "key === 'unusable' ? 'unusable-key'",
    replace: "key === 'unusable' ? 'signed'",
    suite: 'node-signatures',
  },
  {
    name: 'node: the largest keys hold up everybody',
    file: node,
    search: 'modulusLength > longestModulus',
    replace: 'modulusLength > 2 * longestModulus',
    suite: 'node-signatures',
  },
  {
    name: 'web: what jose throws counts as signed',
    file: web,
    search: "nobody has signed it\n    return 'not-signed';",
    replace: "nobody has signed it\n    return 'signed';",
    suite: 'signatures',
  },
  {
    name: 'the length of a signature not compared',
    file: 'packages/core/src/signatures/find-signer.ts',
    search: '    if (!hasSignatureLength(jws, key, alg)) continue;\n',
    replace: '',
    suite: 'signatures',
  },
  {
    name: 'the first key is the signer, whatever it says',
    file: 'packages/core/src/signatures/find-signer.ts',
    search: "if (verdict === 'signed') return key;",
    replace: "if (verdict !== 'unusable-key') return key;",
    requirements: ['RFC9068-4-03'],
  },
  {
    name: 'all keys of an issuer are tried in one turn',
    file: 'packages/core/src/signatures/find-signer.ts',
    search: 'if (++tried > maxInOneTurn) yield* settled(nextTurn());',
    replace: '',
    suite: 'turns',
  },
];
