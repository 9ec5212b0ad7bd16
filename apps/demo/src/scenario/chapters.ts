import type { Chapter } from '../scenario.js';
import type { Stage } from '../stage.js';
import { letIn } from './let-in.js';
import { refuse } from './refuse.js';

/** The whole performance: for each server, one caller who is let in and three who are not. */
export function createChapters(stage: Stage): Chapter[] {
  return stage.actors.map((actor) => ({
    title: `${actor.name}, on ${actor.framework}, at ${actor.resource}`,
    steps: [...letIn(actor, stage), ...refuse(actor, stage)],
  }));
}
