import { duration, times } from '../report.mjs';
import { routeWithOperations } from '../subjects/http/body-routes.mjs';
import { bare, inline, isOwn, self } from '../subjects/http/names.mjs';
import { drawBarChart } from './bar-chart.mjs';
import { drawLineChart } from './line-chart.mjs';

const frameworks = { express: 'Express', fastify: 'Fastify', hono: 'Hono' };
const of = (measured, wanted) => measured.find(({ name }) => name === wanted);

/** A power of ten as an axis shows it. */
const power = (value) => Number(value.toPrecision(1)).toLocaleString('en-US');

/** By framework: what a request costs, compared with none of it. */
export const drawRequests = (measured) =>
  drawBarChart({
    title: 'A request with a token seen before: processor time of the server',
    subtitle: 'Compared with the same route without authorization; each as its README shows it',
    groups: Object.entries(frameworks).map(([framework, title]) => ({
      title,
      bars: measured[framework].map(({ name, ratio, nanoseconds }) => ({
        name,
        value: ratio,
        label: `${times(ratio)}, ${duration(nanoseconds)}`,
        isOwn: isOwn(name),
      })),
    })),
  });

const notCompared = new Set([`${self}, cache off`, inline]);

/** By algorithm: what a token costs that nobody has seen. */
export const drawFirstSight = (figures) =>
  drawBarChart({
    title: 'A token never seen: processor time to verify it, in process',
    subtitle:
      'Compared with one bare check of its signature: issuer, audience, expiry, type and one scope are checked too',
    groups: Object.entries(figures).map(([alg, { firstSight }]) => ({
      title: alg,
      bars: firstSight
        .filter(({ name }) => !notCompared.has(name) && (name === self || !name.startsWith(self)))
        .toSorted((one, other) => one.ratio - other.ratio)
        .map(({ name, nanoseconds, ratio }) => ({
          name,
          value: ratio,
          label: `${times(ratio)}, ${duration(nanoseconds)}`,
          isOwn: isOwn(name),
        })),
    })),
  });

/** By size of the body: what `operations` adds. */
export const drawBodies = (figures) =>
  drawBarChart({
    title: 'A call that is judged by operations: processor time of the server',
    subtitle: 'Compared with a handler without authorization that parses the same body itself',
    groups: Object.entries(figures).map(([size, measured]) => ({
      title: `A body of ${size}`,
      bars: Object.entries(frameworks).map(([framework, title]) => {
        const { ratio, nanoseconds } = of(measured[framework], routeWithOperations);
        return { name: title, value: ratio, label: `${times(ratio)}, ${duration(nanoseconds)}`, isOwn: true };
      }),
    })),
  });

/** What a request costs by the number of tokens in use. */
export const drawGrowth = (tokens) =>
  drawLineChart({
    title: 'Distinct tokens in use, and what a request costs',
    subtitle: 'Processor time of a request that bears any one of them, ES256, 1 kB',
    lines: Object.entries(tokens).map(([name, steps]) => ({
      name,
      points: steps.map(({ step, nanoseconds }) => ({ x: step, y: nanoseconds })),
    })),
    formatX: power,
    formatY: (value) => duration(value).replace('.00', ''),
  });

/** What an event costs by the number of streams that are open. */
export const drawStreams = (figures) =>
  drawBarChart({
    title: 'Open streams: processor time of an event that one of them gets',
    subtitle: 'With authorization; grey, the same server without',
    groups: Object.entries(frameworks).map(([framework, title]) => ({
      title,
      bars: figures[framework].flatMap(({ count, measured }) =>
        [bare, self].map((name) => ({
          name: `${count.toLocaleString('en-US')} open, ${name}`,
          value: of(measured, name).nanoseconds,
          label: `${duration(of(measured, name).nanoseconds)}${name === self ? `, ${times(of(measured, self).ratio)}` : ''}`,
          isOwn: name === self,
        })),
      ),
    })),
  });

function describeWait(seconds, patience) {
  if (!Number.isFinite(seconds)) return `not within ${patience} s`;
  return seconds < 0.1 ? 'less than 0.1 s' : `${seconds.toFixed(1)} s`;
}

/** How long clients notice that an issuer was away, or replaced its key. */
export function drawFailures({ found, patience }) {
  const measured = Object.values(found).flatMap(({ returned, rotated }) => [returned, rotated]);
  const most = Math.max(1, ...measured.filter(Number.isFinite));
  const bars = (valueOf) =>
    Object.entries(found).map(([name, times]) => {
      const value = valueOf(times);
      return {
        name,
        value: Number.isFinite(value) ? value : most * 1.2,
        label: describeWait(value, patience),
        isOwn: isOwn(name),
      };
    });
  return drawBarChart({
    title: 'An issuer that fails: seconds until good tokens pass',
    subtitle: 'In real time, asked again every 50 ms',
    groups: [
      { title: 'It was down at the start, and is back', bars: bars(({ returned }) => returned) },
      {
        title: 'Its key was replaced a moment after keys were fetched',
        bars: bars(({ rotated }) => rotated),
      },
    ],
  });
}

/** What each adds to a bundle. */
export const drawSizes = (rows) =>
  drawBarChart({
    title: 'What it adds to a bundle, without the framework',
    subtitle: 'Minified and gzipped, as it is loaded',
    groups: [
      {
        title: 'Bundle',
        bars: rows.map(({ name, size }) => ({
          name,
          value: size,
          label: `${(size / 1000).toFixed(1)} kB`,
          isOwn: name.startsWith('@mcp-auth/'),
        })),
      },
    ],
  });
