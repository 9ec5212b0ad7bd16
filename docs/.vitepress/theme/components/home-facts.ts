import facts from '../../../generated/home-facts.json';

/** What the texts of the home page may name in braces. */
const values: Readonly<Record<string, string>> = {
  hostileCases: String(facts.hostileCases),
  clients: String(facts.clients),
  framework: facts.speed.framework,
  ratio: facts.speed.ratio.toFixed(2),
  peer: facts.speed.peer,
  peerRatio: facts.speed.peerRatio.toFixed(2),
  runtimeCount: String(facts.runtimes.length),
  runtimes: facts.runtimes.join(', '),
  languageCount: String(facts.languages.length),
  languages: facts.languages.join(', '),
};

/** A text with what the repository counts put in. A name that nobody counts stays, and a test of the page finds it. */
export function fillFacts(text: string): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
