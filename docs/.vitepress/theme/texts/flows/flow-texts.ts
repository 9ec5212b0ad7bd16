/** What the flow viewer says in one language; the steps of a login have the headings of the page that tells it. */
export interface FlowTexts {
  readonly choose: string;
  readonly flows: Readonly<Record<FlowName, { readonly name: string; readonly text: string }>>;
  readonly scenes: Readonly<Record<SceneName, string>>;
}

export const flowNames = ['login', 'step-up', 'dpop', 'refusals', 'outage'] as const;

export type FlowName = (typeof flowNames)[number];

export type SceneName =
  | 'step-up-challenge'
  | 'step-up-authorization'
  | 'step-up-token'
  | 'step-up-call'
  | 'dpop-token'
  | 'dpop-nonce'
  | 'dpop-call'
  | 'dpop-replay'
  | 'dpop-as-bearer'
  | 'expired'
  | 'other-resource'
  | 'outage-known-keys'
  | 'outage';
