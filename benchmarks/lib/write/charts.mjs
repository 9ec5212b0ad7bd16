import { duration, times } from '../report.mjs';
import { bare, self } from '../subjects/http/names.mjs';
import { drawBarChart } from './bar-chart.mjs';
import { drawLineChart } from './line-chart.mjs';

const frameworks = { express: 'Express', fastify: 'Fastify', hono: 'Hono' };

/** A power of ten as an axis shows it. */
const power = (value) => Number(value.toPrecision(1)).toLocaleString('en-US');

function drawRequests({ http }) {
  const measured = http.figures['a token seen before'];
  return drawBarChart({
    title: 'What a request with a token seen before costs the server',
    subtitle:
      'Processor time beside the same route with a middleware that reads one field and lets everyone in',
    groups: Object.entries(frameworks).map(([framework, title]) => ({
      title,
      bars: measured[framework].map(({ name, ratio, nanoseconds }) => ({
        name: name === bare ? 'no authorization at all' : name,
        value: ratio,
        label: `${duration(nanoseconds)}, ${times(ratio)}`,
        isOwn: name === self,
      })),
    })),
  });
}

function drawTokens({ verify }) {
  const bars = (measured) =>
    measured
      .filter(({ name }) => name !== `${self}, cache off`)
      .toSorted((a, b) => a.nanoseconds - b.nanoseconds)
      .map(({ name, nanoseconds }) => ({
        name,
        value: nanoseconds,
        label: duration(nanoseconds),
        isOwn: name === self,
      }));
  return drawBarChart({
    title: 'Verifying one RS256 token in process',
    subtitle: 'Processor time: signature, issuer, audience, expiry, type and one scope',
    groups: [
      { title: 'A token seen before', bars: bars(verify.figures.RS256.repeated) },
      { title: 'A token never seen', bars: bars(verify.figures.RS256.firstSight) },
    ],
  });
}

function drawScale({ scale }) {
  const { tokens } = scale.figures;
  return {
    cost: drawLineChart({
      title: 'Distinct tokens in use, and what a request costs',
      subtitle: 'Processor time of a request that bears any one of them, ES256, 1 kB',
      lines: Object.entries(tokens).map(([name, steps]) => ({
        name,
        points: steps.map(({ step, nanoseconds }) => ({ x: step, y: nanoseconds })),
      })),
      formatX: power,
      formatY: (value) => duration(value).replace('.00', ''),
    }),
    memory: drawLineChart({
      title: 'Distinct tokens seen, and the memory that is kept',
      subtitle: 'Megabytes alive after a collection',
      lines: Object.entries(tokens).map(([name, steps]) => ({
        name,
        points: steps.map(({ step, bytes }) => ({ x: step, y: Math.max(bytes, 1e4) / 1e6 })),
      })),
      formatX: power,
      formatY: (value) => `${power(value)} MB`,
    }),
  };
}

/** All charts of the page by file name. */
export function drawCharts(reports) {
  const { cost, memory } = drawScale(reports);
  return {
    'performance-requests.svg': drawRequests(reports),
    'performance-tokens.svg': drawTokens(reports),
    'performance-scale-cost.svg': cost,
    'performance-scale-memory.svg': memory,
  };
}
