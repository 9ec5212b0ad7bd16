import sections from '../moved-sections.json';

/** The sections that an English page has lost to other pages: the page that has each now, by anchor. */
export function movedFrom(original: string): Readonly<Record<string, string>> | undefined {
  return (sections as Readonly<Record<string, Readonly<Record<string, string>>>>)[
    original.replace(/\.md$/, '')
  ];
}
