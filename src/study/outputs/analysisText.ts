/** The analysis to read: every sentence of it, under its part, category and method. */
import type { Analysis } from '../../result/analysis.ts';
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { Method } from '../../result/scenario.ts';

/**
 * Markdown.
 * @param measured what the parts have measured of the machine, by part
 */
export function analysisText(
  analysis: Analysis,
  measured: Readonly<Record<string, readonly object[]>>,
): string {
  const lines = ['# What the analysis says'];
  const parts: (readonly [title: string, elements: readonly object[]])[] = [
    ...Object.entries(analysis).map(([part, elements]) => [titled(part), elements ?? []] as const),
    ['Measured on this machine', Object.values(measured).flat()],
  ];
  for (const [title, elements] of parts) {
    if (!elements.some((element) => sentencesOf(element).length > 0)) continue;
    lines.push('', `## ${title}`);
    // What is said in the same words of several things is said once.
    const said = new Set<string>();
    for (const element of elements) {
      const own = sentencesOf(element).filter((sentence) => !said.has(sentence));
      if (own.length === 0) continue;
      const heading = headingOf(element);
      if (heading !== '') lines.push('', `### ${heading}`);
      lines.push('');
      for (const sentence of own) {
        said.add(sentence);
        lines.push(`- ${sentence}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

/** As they stand in the document, under the titles of what they are about; each once. */
function sentencesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { title } = value as { readonly title?: unknown };
  const about = typeof title === 'string' ? `**${title}.** ` : '';
  const found = Object.entries(value).flatMap(([key, own]) =>
    key === 'sentence' && typeof own === 'string' ? [`${about}${own}`] : sentencesOf(own),
  );
  return [...new Set(found)];
}

function headingOf(element: object): string {
  const { category, method } = element as { readonly category?: string; readonly method?: Method };
  return [category, method && METHOD_TITLES[method]].filter(Boolean).join(', ');
}

const titled = (part: string): string => `${part[0]!.toUpperCase()}${part.slice(1)}`;
