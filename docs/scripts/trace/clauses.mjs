/** Where the standards say what a message shows: `9728 §5.1` is a section of an RFC. */
const clauses = {
  challenge: ['6750 §3', '9728 §5.1'],
  'resource-metadata': ['9728 §3', '9728 §3.3'],
  'server-metadata': ['8414 §3', '8414 §3.3'],
  registration: ['7591 §3.1', '7591 §3.2.1'],
  authorization: ['7636 §4.3', '8707 §2.1'],
  consent: ['6749 §4.1.1'],
  code: ['6749 §4.1.2', '9207 §2'],
  token: ['6749 §4.1.3', '7636 §4.5', '8707 §2.2', '9068 §2'],
  keys: ['8414 §3', '7517 §5'],
  call: ['6750 §2.1', '9068 §4'],
  expired: ['6750 §3.1', '7519 §4.1.4'],
  'other-resource': ['6750 §3.1', '9068 §4'],
  'step-up-challenge': ['6750 §3.1'],
  'step-up-authorization': ['6749 §3.3', '8707 §2.1'],
  'step-up-token': ['6749 §4.1.3', '6749 §5.1'],
  'step-up-call': ['6750 §2.1'],
  'outage-known-keys': ['7517 §5'],
  outage: ['9110 §15.6.4', '9110 §10.2.3'],
  'dpop-token': ['9449 §4.2', '9449 §5'],
  'dpop-call': ['9449 §7.1', '9449 §4.3'],
  'dpop-nonce': ['9449 §9'],
  'dpop-replay': ['9449 §11.1'],
  'dpop-as-bearer': ['9449 §7.2'],
};

/**
 * The clauses of a scene, as links.
 *
 * @param {string} scene
 * @returns {{ name: string, link: string }[]}
 */
export function clausesOf(scene) {
  const found = clauses[scene];
  if (found === undefined) throw new Error(`No clause is named for "${scene}".`);
  return found.map((clause) => {
    const [number, section] = clause.split(' §');
    return {
      name: `RFC ${clause}`,
      link: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
    };
  });
}
