import type { Choices } from './choices.mjs';
import { frameworks, providers, usualChoices } from './choices.mjs';

/** The choices of a link. Anybody can write links: what is no choice is left at what it usually is. */
export function readChoices(state: Readonly<Record<string, unknown>>): Choices {
  const text = (name: 'resource' | 'scopes') =>
    typeof state[name] === 'string' ? state[name] : usualChoices[name];
  const dpop = (['dpop-optional', 'dpop-required'] as const).find((mode) => mode === state['dpop']);
  return {
    framework: frameworks.find(({ id }) => id === state['framework'])?.id ?? usualChoices.framework,
    provider: providers.find(({ id }) => id === state['provider'])?.id ?? usualChoices.provider,
    resource: text('resource'),
    scopes: text('scopes'),
    introspection: state['introspection'] === true,
    dpop: dpop ?? 'none',
    cors: state['cors'] === true,
    operations: state['operations'] === true,
  };
}
