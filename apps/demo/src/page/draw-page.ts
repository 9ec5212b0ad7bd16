import { createHash } from 'node:crypto';
import { describeExchange } from '../print.js';
import type { ChapterTrace, Decision, StepTrace, Trace, TracedExchange } from '../trace.js';
import { drawChapter, type Numbered } from './draw-chapter.js';
import { formatRequest, formatResponse } from './format-http.js';
import { Markup, markup } from './markup.js';
import { style } from './style.js';

/** How a run is told about. */
export interface Run {
  readonly recordedAt: Date;
  /** How to have it once more. */
  readonly command: string;
}

/**
 * A run as one page that needs nothing else: no script, no file, no network. What came over the wire is text on it, whatever it
 * looks like.
 */
export function drawPage({ chapters }: Trace, { recordedAt, command }: Run): string {
  const numbers = numberExchanges(chapters);
  const shown = chapters.flatMap(({ steps }) => steps).flatMap(({ exchanges }) => exchanges);
  const decisions = shown.filter(({ decision }) => decision !== undefined).length;
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  return `${
    markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>MCP Auth: a run, message by message</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#run">To the first chapter</a>
<header>
<h1>MCP Auth: a run, message by message</h1>
<p>Recorded by <code>${command}</code> on ${recordedAt.toISOString()}: ${shown.length} exchanges, and what the servers
decided about ${decisions} of them. Tokens, codes and secrets were taken out before anything was kept.</p>
<nav aria-label="Chapters"><ol>${chapters.map(
      ({ title }, index) => markup`<li><a href="#chapter-${index + 1}">${title}</a></li>`,
    )}</ol></nav>
</header>
<main id="run">${chapters.map((chapter, index) => drawSection(chapter, index + 1, numbers))}</main>
</body>
</html>`.text
  }\n`;
}

function numberExchanges(chapters: readonly ChapterTrace[]): ReadonlyMap<TracedExchange, number> {
  const exchanges = chapters.flatMap(({ steps }) => steps).flatMap((step) => step.exchanges);
  return new Map(exchanges.map((exchange, index) => [exchange, index + 1]));
}

function drawSection(
  { title, steps }: ChapterTrace,
  number: number,
  numbers: ReadonlyMap<TracedExchange, number>,
): Markup {
  const withNumber = (exchange: TracedExchange): Numbered => ({
    exchange,
    number: numbers.get(exchange) ?? 0,
  });
  return markup`<section id="chapter-${number}" aria-labelledby="title-${number}">
<h2 id="title-${number}">${title}</h2>
${drawChapter(title, steps.flatMap(({ exchanges }) => exchanges).map(withNumber))}
${steps.map((step) => drawStep(step, step.exchanges.map(withNumber)))}</section>`;
}

function drawStep({ title, failure }: StepTrace, exchanges: readonly Numbered[]): Markup {
  return markup`<h3>${title}</h3>
${failure === undefined ? undefined : markup`<p class="failed">${failure}</p>`}
${exchanges.map(drawExchange)}`;
}

function drawExchange({ number, exchange }: Numbered): Markup {
  const { highlight, decision, request, response } = exchange;
  const isRefused = decision?.event.outcome === 'deny';
  return markup`<details class="${isRefused ? 'refused' : 'allowed'}">
<summary><span class="status">${response.status}</span>${number}. ${highlight?.title ?? 'Besides'}
<code>${describeExchange(exchange)}</code></summary>
<div class="messages" id="message-${number}" tabindex="-1">
<pre>${formatRequest(request)}</pre>
<pre>${formatResponse(response)}</pre>
${decision && drawDecision(decision)}</div>
</details>
`;
}

function drawDecision({ server, event, refusal }: Decision): Markup {
  return markup`<div class="decision">
<p><strong>${server} decided: ${event.outcome}</strong></p>
${
  refusal &&
  markup`<p>${refusal.sentence}</p>
<p>What to do: <a href="${safeLink(refusal.link)}">${event.outcome === 'deny' ? event.code : ''}</a></p>`
}
<details><summary>The event, as its owner gets it</summary><pre>${JSON.stringify(event, null, 2)}</pre></details>
</div>`;
}

/** Nothing but pages of the web is linked to. */
function safeLink(address: string): string {
  return address.startsWith('https://') ? address : '#run';
}
