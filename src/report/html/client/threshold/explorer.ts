/** The threshold explorer: choose scores, move the threshold, see what it makes of them. */
import type { ExploredSet } from '../../pageData.ts';
import { distinct } from '../distinct.ts';
import { chooser, element, named, readJson } from '../dom.ts';
import { CHOICES, type Choice, chooseSet } from './chooseSet.ts';
import { drawHistogram, markLetter } from './histogram.ts';
import { judge } from './judge.ts';
import { matrixTable, metricsTable } from './matrix.ts';
import { scoreRange, scoreText } from './scoreRange.ts';

const STEPS = 1000;
/** Of the histogram, in pixels. */
const WIDEST = 720;
const NARROWEST = 280;
const TITLES: Readonly<Record<Choice, string>> = {
  category: 'Category',
  method: 'Method',
  scenario: 'Scenario',
  seed: 'Seed',
};

export function startExplorer(part: HTMLElement): void {
  const sets = readJson<readonly ExploredSet[]>(`${part.id}-data`);
  if (sets.length === 0) return;
  let now = sets[0]!;
  const chartWidth = () => Math.min(WIDEST, Math.max(NARROWEST, part.clientWidth));
  const board = element('div', { class: 'board' });
  const status = element('p', { class: 'hidden', role: 'status' });
  const choices = CHOICES.map((name) => {
    const options = distinct(sets.map((set) => String(set[name]))).map((value) => {
      return { value, title: value };
    });
    const select = chooser(options, (value) => {
      now = chooseSet(sets, now, name, value);
      show();
    });
    return { name, select };
  });
  const show = () => {
    for (const { name, select } of choices) select.value = String(now[name]);
    board.replaceChildren(...exploreSet(now, chartWidth(), status));
  };
  part.append(
    element(
      'div',
      { class: 'choices' },
      ...choices.map(({ name, select }) => named(TITLES[name], select)),
    ),
    board,
    status,
  );
  show();
}

function exploreSet(set: ExploredSet, width: number, status: HTMLElement): Node[] {
  const marks = set.marks;
  const range = scoreRange([
    ...set.normal,
    ...set.anomalous,
    ...marks.map(({ threshold }) => threshold),
  ]);
  const { drawing, moveTo } = drawHistogram(set, range, width);
  const slider = element('input', {
    type: 'range',
    min: 0,
    max: STEPS,
    step: 1,
    class: 'slider',
    'aria-label': 'Threshold',
  });
  const number = element('input', { type: 'number', step: 'any' });
  const results = element('div', { class: 'results' });
  const jumps = marks.map(({ label, threshold }, i) => {
    const button = element(
      'button',
      { type: 'button' },
      `${markLetter(i)}: ${label}, ${scoreText(threshold)}`,
    );
    button.addEventListener('click', () => moveAll(threshold));
    return { button, threshold };
  });
  const move = (threshold: number) => {
    moveTo(threshold);
    const counts = judge(set, threshold);
    results.replaceChildren(matrixTable(counts), metricsTable(counts));
    slider.setAttribute('aria-valuetext', scoreText(threshold));
    for (const jump of jumps) {
      jump.button.setAttribute('aria-pressed', String(jump.threshold === threshold));
    }
    announce(
      status,
      `At ${scoreText(threshold)}: ${counts.tp} of ${counts.tp + counts.fn} anomalous and ` +
        `${counts.fp} of ${counts.fp + counts.tn} normal images are flagged.`,
    );
  };
  const placeSlider = (threshold: number) => {
    const share = (threshold - range.low) / (range.high - range.low);
    slider.value = String(Math.round(share * STEPS));
  };
  const moveAll = (threshold: number) => {
    placeSlider(threshold);
    // The study's own thresholds judge with all their digits, more than anybody wants to read.
    number.value = String(Number(threshold.toPrecision(7)));
    move(threshold);
  };
  slider.addEventListener('input', () => {
    const threshold = range.low + (Number(slider.value) / STEPS) * (range.high - range.low);
    // As many digits as are shown, so that what is shown is what judges.
    number.value = String(Number(threshold.toPrecision(5)));
    move(Number(number.value));
  });
  number.addEventListener('input', () => {
    if (!Number.isFinite(number.valueAsNumber)) return;
    placeSlider(number.valueAsNumber);
    move(number.valueAsNumber);
  });
  moveAll(marks[0]?.threshold ?? (range.low + range.high) / 2);
  return [
    legend(set),
    element('div', { class: 'chart' }, drawing, slider),
    element(
      'div',
      { class: 'jumps' },
      named('Threshold', number),
      ...jumps.map(({ button }) => button),
    ),
    results,
    element(
      'p',
      { class: 'note' },
      'An image is flagged when its score exceeds the threshold. Intervals of shares are exact (Clopper and Pearson); those of F1, balanced accuracy and MCC follow from exact bounds on recall and specificity, and are wide.',
    ),
  ];
}

const legend = ({ normal, anomalous }: ExploredSet): HTMLElement =>
  element(
    'p',
    { class: 'legend' },
    element('span', { class: 'normal' }, `normal, above the line (n = ${normal.length})`),
    element('span', { class: 'anomalous' }, `anomalous, below it (n = ${anomalous.length})`),
  );

const waiting = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

/** Once the threshold rests: a slider passes many values. */
function announce(status: HTMLElement, text: string): void {
  clearTimeout(waiting.get(status));
  waiting.set(
    status,
    setTimeout(() => {
      status.textContent = text;
    }, 400),
  );
}
