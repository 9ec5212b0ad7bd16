/** What `scripts/sample-types` found in a sample: what names are, and where they stand. */
export interface SampleTypes {
  readonly texts: readonly NameText[];
  readonly names: readonly (readonly [start: number, length: number, text: number])[];
}

export type NameText = readonly [signature: string, documentation: string];

/** Makes an element of each name that has a type, and leaves the text of the code as it is. */
export function wrapNames(code: Element, { texts, names }: SampleTypes): ReadonlyMap<HTMLElement, NameText> {
  const wrapped = new Map<HTMLElement, NameText>();
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  let [offset, next] = [0, 0];
  for (const node of nodes) {
    const begin = offset;
    offset += node.data.length;
    let [rest, restStart] = [node, begin];
    for (; (names[next]?.[0] ?? Infinity) < offset; next++) {
      const [start, length, index] = names[next] ?? [0, 0, 0];
      const text = texts[index];
      // A name in several colours stays as it is
      if (text === undefined || start < restStart || start + length > offset) continue;
      const word = rest.splitText(start - restStart);
      rest = word.splitText(length);
      restStart = start + length;
      const element = document.createElement('span');
      element.className = 'typed-name';
      word.replaceWith(element);
      element.append(word);
      wrapped.set(element, text);
    }
  }
  return wrapped;
}
