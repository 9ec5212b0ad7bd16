import type { BlackBoxGrade } from '@mcp-auth/conformance/black-box';
import { basename } from 'node:path';

const colors: Readonly<Record<BlackBoxGrade, string>> = {
  A: '#2a7d2a',
  B: '#96690a',
  D: '#c02a2a',
  F: '#c02a2a',
  none: '#666666',
};

/** A picture of the grade, which needs nobody's server. */
export function formatBadge(grade: BlackBoxGrade): string {
  const label = 'MCP audit';
  const text = grade === 'none' ? '–' : grade;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="98" height="20" role="img" aria-label="${label}: ${text}"><title>${label}: ${text}</title><rect width="70" height="20" fill="#444444"/><rect x="70" width="28" height="20" fill="${colors[grade]}"/><g fill="#ffffff" text-anchor="middle" font-family="Verdana,sans-serif" font-size="11"><text x="35" y="14">${label}</text><text x="84" y="14">${text}</text></g></svg>\n`;
}

/** The line for a README that shows the picture. */
export function formatBadgeLine(grade: BlackBoxGrade, file: string): string {
  return `![MCP audit: ${grade}](${encodeURI(basename(file))})`;
}
