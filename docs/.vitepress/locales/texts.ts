/** What the theme says in one language; the pages say the rest. */
export interface ThemeTexts {
  readonly description: string;
  /** Groups of the sidebar, by their key in pages.json. */
  readonly groups: Readonly<Record<GroupKey, string>>;
  /** Appended to the titles of pages that exist in English only; empty in English. */
  readonly englishOnly: string;
  readonly nav: {
    readonly start: string;
    readonly providers: string;
    readonly help: string;
    readonly api: string;
    readonly version: string;
    readonly currentVersion: string;
  };
  readonly outline: string;
  readonly previous: string;
  readonly next: string;
  readonly editPage: string;
  readonly lastChange: string;
  readonly copyPage: { readonly copy: string; readonly copied: string; readonly failed: string };
  readonly repository: string;
  readonly releases: string;
  readonly returnToTop: string;
  readonly sidebarMenu: string;
  readonly languageMenu: string;
  readonly skipToContent: string;
  readonly appearance: string;
  readonly toLight: string;
  readonly toDark: string;
  readonly mobileNavigation: string;
  readonly mainNavigation: string;
  readonly sidebarNavigation: string;
  readonly extraNavigation: string;
  readonly toggleSection: string;
  readonly pager: string;
  readonly copyCode: string;
  readonly codeSamples: string;
  /** Of a sample whose names say what they are. */
  readonly typedSample: string;
  /** `{title}` stands for the heading. */
  readonly permalink: string;
  /** Of a drawing that plays messages. */
  readonly player: {
    readonly controls: string;
    readonly play: string;
    readonly pause: string;
    readonly back: string;
    readonly next: string;
    readonly request: string;
    readonly response: string;
    readonly clauses: string;
    /** For those who do not see the arrows. `{from}`, `{to}`, `{line}` and `{status}` stand for the exchange. */
    readonly exchange: string;
  };
  readonly stale: { readonly text: string; readonly link: string };
  readonly needsScript: string;
  readonly notFound: { readonly title: string; readonly text: string; readonly link: string };
  readonly search: {
    readonly button: string;
    readonly details: string;
    readonly reset: string;
    readonly back: string;
    readonly none: string;
    readonly select: string;
    readonly navigate: string;
    readonly close: string;
  };
}

export type GroupKey = 'protect' | 'provider' | 'fail' | 'run' | 'prove' | 'extend' | 'reference';
