import { listProjectFiles, readProjectFile as read } from '../lib/project.mjs';
import { findCircles, findStaleFloors, findUpwardImports, readCore } from './boundaries/floors.mjs';
import {
  findDeepImports,
  findForbiddenImports,
  findMisplacedTests,
  findPlatformsAsNode,
  findSharedReplacements,
} from './boundaries/rules.mjs';

const core = () => readCore(listProjectFiles(/^packages\/core\/src\//), read);

/** The dependency rules of the house, on the sources and on what was built from them. */
export const checks = {
  'Every entry imports only what the rule of its package allows, and what it depends on': () =>
    findForbiddenImports(read),
  'What is for Node goes to Node alone': () => findPlatformsAsNode(read),
  'No import reaches into the folder of another package': () =>
    findDeepImports(listProjectFiles(/^(packages|apps)\/.*\.m?ts$/), read),
  'Tests lie in folders named as those in src': () => findMisplacedTests(listProjectFiles()),
  'Tests that replace a module have a process of their own': () =>
    findSharedReplacements(listProjectFiles(), read),
  'Every folder of the core imports only from lower floors': () => findUpwardImports(core()),
  'No files of the core import each other in a circle': () => findCircles(core()),
  'The documentation shows these floors': () => findStaleFloors(core(), read('docs/architecture.md')),
};
