/** An authorization server whose keys are written in the configuration. */
export const byKeys = ({ issuer, jwks }) => ({ metadata: { issuer }, jwks });

export const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
