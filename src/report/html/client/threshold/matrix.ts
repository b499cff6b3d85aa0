/** Tables that follow the threshold: the confusion matrix and the metrics. */
import type { Confusion } from '../../../../metrics/confusion.ts';
import { formatNumber } from '../../../tables/formatCell.ts';
import { element } from '../dom.ts';
import { type JudgedMetric, judgedMetrics } from './judge.ts';

export function matrixTable({ tp, fp, tn, fn }: Confusion): HTMLTableElement {
  const cell = (count: number, name: string, kind: string) =>
    element('td', { class: kind, 'data-cell': kind }, String(count), element('small', {}, name));
  const head = (text: string, scope: string) => element('th', { scope }, text);
  return element(
    'table',
    { class: 'matrix' },
    element('caption', {}, 'Confusion matrix'),
    element(
      'thead',
      {},
      element('tr', {}, element('td'), head('judged normal', 'col'), head('flagged', 'col')),
    ),
    element(
      'tbody',
      {},
      element(
        'tr',
        {},
        head('normal', 'row'),
        cell(tn, 'true negative', 'tn'),
        cell(fp, 'false positive', 'fp'),
      ),
      element(
        'tr',
        {},
        head('anomalous', 'row'),
        cell(fn, 'false negative', 'fn'),
        cell(tp, 'true positive', 'tp'),
      ),
    ),
  );
}

export function metricsTable(counts: Confusion): HTMLTableElement {
  const heads = ['Metric', 'Value', '95% interval', 'n'];
  return element(
    'table',
    { class: 'metrics' },
    element('caption', {}, 'At this threshold'),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...heads.map((text, i) =>
          element('th', { scope: 'col', class: i === 0 ? 'left' : 'right' }, text),
        ),
      ),
    ),
    element('tbody', {}, ...judgedMetrics(counts).map(metricRow)),
  );
}

function metricRow({ title, value, interval, images, reason }: JudgedMetric): HTMLElement {
  const cells =
    value === null
      ? [element('td', { colspan: 2, class: 'missing' }, `not computable: ${reason}`)]
      : [
          element('td', { class: 'right', 'data-metric': title }, formatNumber(value, 3)),
          element(
            'td',
            { class: 'right' },
            interval === null
              ? '\u2013'
              : `[${formatNumber(interval.low, 3)}, ${formatNumber(interval.high, 3)}]`,
          ),
        ];
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, title),
    ...cells,
    element('td', { class: 'right' }, images),
  );
}
