import { present, refuseClaims, refuseEdits, refuseRequests } from '../hostile-case.js';

const missing = refuseClaims('issuer', 'missing_issuer', ['RFC9068-2.2-01', 'RFC9068-4-01'], {
  'no issuer': { iss: undefined },
  'issuer null': { iss: null },
  'an issuer that is a number': { iss: 1 },
  'an issuer that is an object': ({ issuer }) => ({ iss: { toString: issuer } }),
  'a list with the issuer': ({ issuer }) => ({ iss: [issuer] }),
  'a list with both issuers': ({ issuer, secondIssuer }) => ({ iss: [issuer, secondIssuer] }),
});

const similar = refuseClaims('issuer', 'untrusted_issuer', ['RFC9068-4-01', 'RFC8725-3.8-01'], {
  'an empty issuer': { iss: '' },
  'the issuer with a slash': ({ issuer }) => ({ iss: `${issuer}/` }),
  'the issuer in upper case': ({ issuer }) => ({ iss: issuer.toUpperCase() }),
  'the issuer with an upper-case scheme': ({ issuer }) => ({ iss: issuer.replace('http', 'HTTP') }),
  'the issuer without its last letter': ({ issuer }) => ({ iss: issuer.slice(0, -1) }),
  'the issuer and one letter': ({ issuer }) => ({ iss: `${issuer}x` }),
  'the origin of the issuer': ({ issuer }) => ({ iss: new URL(issuer).origin }),
  'the issuer as a user name': ({ issuer }) => ({
    iss: issuer.replace('/tenant', '@evil.example/tenant'),
  }),
  'the issuer with a user name': ({ issuer }) => ({ iss: issuer.replace('://', '://issuer@') }),
  'the issuer as a sub-domain': ({ issuer }) => ({
    iss: issuer.replace('127.0.0.1', '127.0.0.1.evil.example'),
  }),
  'the issuer with a query': ({ issuer }) => ({ iss: `${issuer}?` }),
  'the issuer with a fragment': ({ issuer }) => ({ iss: `${issuer}#` }),
  'the issuer with a dot segment': ({ issuer }) => ({ iss: issuer.replace('/tenant', '/./tenant') }),
  'the issuer with a doubled slash': ({ issuer }) => ({ iss: issuer.replace('/tenant', '//tenant') }),
  'the issuer with an encoded letter': ({ issuer }) => ({ iss: issuer.replace('tenant', '%74enant') }),
  'the issuer over https': ({ issuer }) => ({ iss: issuer.replace('http:', 'https:') }),
  'the issuer without a scheme': ({ issuer }) => ({ iss: issuer.replace('http:', '') }),
  'the issuer at another port': ({ issuer }) => ({ iss: issuer.replace(/:\d+/, ':80') }),
  'the issuer under another name of the host': ({ issuer }) => ({
    iss: issuer.replace('127.0.0.1', 'localhost'),
  }),
  'the issuer under the number of the host': ({ issuer }) => ({
    iss: issuer.replace('127.0.0.1', '2130706433'),
  }),
  'the issuer with a look-alike letter': ({ issuer }) => ({ iss: issuer.replace('tenant', 't\u0435nant') }),
  'the issuer with fullwidth letters': ({ issuer }) => ({ iss: issuer.replace('tenant', '\uff54enant') }),
  'the issuer with a combining mark': ({ issuer }) => ({ iss: issuer.replace('tenant', 'te\u0301nant') }),
  'the issuer with an invisible letter': ({ issuer }) => ({ iss: `${issuer}\u200b` }),
  'the issuer behind a space': ({ issuer }) => ({ iss: ` ${issuer}` }),
  'the issuer with a line break': ({ issuer }) => ({ iss: `${issuer}\n` }),
  'the issuer with a NUL': ({ issuer }) => ({ iss: `${issuer}\0` }),
  'both issuers in one string': ({ issuer, secondIssuer }) => ({ iss: `${issuer} ${secondIssuer}` }),
  'a pattern': ({ issuer }) => ({ iss: issuer.replace('tenant-a', '*') }),
  'a template': ({ issuer }) => ({ iss: issuer.replace('tenant-a', '{tenantid}') }),
  'another tenant': ({ issuer }) => ({ iss: issuer.replace('tenant-a', 'tenant-c') }),
  'the resource itself': ({ resource }) => ({ iss: resource }),
  'the metadata document of the issuer': ({ issuer }) => ({
    iss: issuer.replace('/tenant', '/.well-known/oauth-authorization-server/tenant'),
  }),
  'a name of all objects': { iss: '__proto__' },
});

const untrusted = refuseEdits(
  'issuer',
  'untrusted_issuer',
  ['MCP-2026-07-28-RS-018', 'MCP-2026-07-28-RS-019', 'RFC9068-4-01'],
  {
    'an issuer that hosts the same key identifier': ({ facts }) => ({
      key: 'attackerEc',
      claims: { iss: facts.untrustedIssuer },
    }),
    'a good signature over a foreign issuer': ({ facts }) => ({ claims: { iss: facts.untrustedIssuer } }),
    'an issuer that must not be asked for': { claims: { iss: 'http://169.254.169.254/latest/meta-data' } },
    'an issuer that is a local file': { claims: { iss: 'file:///etc/passwd' } },
  },
);

/** A token of one issuer under the signature of another. */
const foreignKeys = [
  refuseEdits('keys', 'invalid_signature', ['RFC8725-3.8-01', 'RFC9068-4-03'], {
    'the key of an untrusted issuer under the same identifier': { key: 'attackerEc' },
    'the RSA key of an untrusted issuer under the same identifier': { key: 'attackerRsa' },
    'the key of the other trusted issuer': { key: 'second', header: { kid: 'es256' } },
    'the key of the other trusted issuer without identifier': { key: 'second' },
    'the key of the first issuer for the second': ({ facts }) => ({
      header: { kid: undefined },
      claims: { iss: facts.secondIssuer },
    }),
  }),
  refuseEdits('keys', 'unknown_key', ['RFC8725-3.8-01', 'RFC9068-4-07'], {
    'key and identifier of the first issuer for the second': ({ facts }) => ({
      claims: { iss: facts.secondIssuer },
    }),
  }),
].flat();

/** RFC 7517 §4.2–§4.4: what a key says about its use is binding. */
const misused = refuseEdits('keys', 'unsuitable_key', ['RFC8725-3.1-01', 'RFC9068-4-03'], {
  'a key for encryption': { key: 'encryption' },
  'a key that may only sign': { key: 'signOnly' },
  'a key that may only wrap keys': { key: 'wrapOnly' },
});

/** RFC 8725 §3.4, §3.5: members of the set that a relying party must read past. */
const unusable = refuseEdits('keys', 'unsuitable_key', ['RFC8725-3.5-01', 'RFC8725-3.4-01'], {
  'an RSA key of 1024 bits': { key: 'weakRsa' },
  'an RSA key of 1024 bits, filled up with zeros': { key: 'weakRsa', header: { kid: 'padded-modulus' } },
  'a private key that was published': { key: 'leaked' },
  'a curve that no algorithm uses': { key: 'koblitz' },
  'a key for key agreement': { key: 'ed25519', header: { kid: 'agreement' } },
  'a point that is not on its curve': { header: { kid: 'off-curve' } },
  'a key without a point': { header: { kid: 'no-point' } },
  'a key of an unknown type': { header: { kid: 'unheard-of' } },
  'a symmetric key': { header: { kid: 'symmetric' } },
});

/** RFC 7517 §4.5: an identifier is a string. */
const unnamed = refuseEdits('keys', 'unknown_key', ['RFC8725-3.5-01', 'RFC8725-3.4-01'], {
  'a key whose identifier is a number': { header: { kid: '7' } },
});

const twins = refuseEdits('keys', 'invalid_signature', ['RFC8725-3.4-01'], {
  'twins under one identifier, of whom neither signed': { key: 'attackerEc', header: { kid: 'twin' } },
});

/** The second resource does not trust the first issuer. */
const otherResource = [
  refuseRequests('issuer', 'untrusted_issuer', ['MCP-2026-07-28-RS-018', 'RFC9068-4-01'], {
    'an issuer that only another resource trusts': (mint) => ({
      ...present(mint.token({ claims: { aud: mint.facts.secondResource } })),
      path: '/notes',
    }),
  }),
  refuseRequests('audience', 'wrong_audience', ['MCP-2026-07-28-RS-016', 'RFC8707-2.2-01'], {
    'a good token at another resource of the same process': (mint) => ({
      ...present(mint.token({ key: 'second', claims: { iss: mint.facts.secondIssuer } })),
      path: '/notes',
    }),
  }),
].flat();

/** RFC 9068 §4, RFC 8725 §3.8: issuers are compared byte for byte, and each has its own keys. */
export const issuerCases = [missing, similar, untrusted, otherResource].flat();
export const keyCases = [foreignKeys, misused, unusable, unnamed, twins].flat();
