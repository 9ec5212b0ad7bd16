import type { Chapter } from '../scenario.js';
import type { Stage } from '../stage.js';
import { letIn } from './let-in.js';
import { opaqueToken } from './opaque-token.js';
import { outage } from './outage.js';
import { refuse } from './refuse.js';
import { stepUp } from './step-up.js';

/** The whole performance: who is let in and who is not, who needs more than they have, whose token is taken back, and what an outage changes. */
export function createChapters(stage: Stage): Chapter[] {
  const { actors, opaqueActor } = stage;
  return [
    ...actors.map((actor) => ({
      title: `${actor.name}, on ${actor.framework}, at ${actor.resource}`,
      steps: [...letIn(actor, stage), ...refuse(actor, stage)],
    })),
    ...actors.map((actor) => ({
      title: `${actor.name}, on ${actor.framework}: a tool that needs more`,
      steps: stepUp(actor, stage),
    })),
    {
      title: `${opaqueActor.name}, on ${opaqueActor.framework}: a token that only its issuer can read`,
      steps: opaqueToken(opaqueActor, stage),
    },
    ...actors.slice(0, 1).map((actor) => ({
      title: `${actor.name}: an authorization server fails`,
      steps: outage(actor, stage),
    })),
  ];
}
