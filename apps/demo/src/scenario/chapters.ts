import type { Chapter } from '../scenario.js';
import type { Actor, Stage } from '../stage.js';
import { letIn } from './let-in.js';
import { opaqueToken } from './opaque-token.js';
import { outage } from './outage.js';
import { refuse } from './refuse.js';
import { stepUp } from './step-up.js';

/** What fits a screen: one framework, who is let in, who is not, and a tool that needs more. */
export function createShortChapters(stage: Stage): Chapter[] {
  return stage.actors.slice(0, 1).flatMap((actor) => [letInAndRefuse(actor, stage), needMore(actor, stage)]);
}

/** The whole performance: who is let in and who is not, who needs more than they have, whose token is taken back, and what an outage changes. */
export function createChapters(stage: Stage): Chapter[] {
  const { actors, opaqueActor } = stage;
  return [
    ...actors.map((actor) => letInAndRefuse(actor, stage)),
    ...actors.map((actor) => needMore(actor, stage)),
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

function letInAndRefuse(actor: Actor, stage: Stage): Chapter {
  return {
    title: `${actor.name}, on ${actor.framework}, at ${actor.resource}`,
    steps: [...letIn(actor, stage), ...refuse(actor, stage)],
  };
}

function needMore(actor: Actor, stage: Stage): Chapter {
  return {
    title: `${actor.name}, on ${actor.framework}: a tool that needs more`,
    steps: stepUp(actor, stage),
  };
}
