/** A plot of lines as plain SVG: one panel, points, a legend at the lines' ends. */

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

interface Plot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

const WIDTH = 460;
const HEIGHT = 280;
const MARGIN = { left: 56, right: 152, top: 32, bottom: 44 };
/** Pixels between two names. */
const LINE_HEIGHT = 15;
/** Paul Tol's bright scheme, told apart by the colour-blind. */
const COLOURS = ['#4477aa', '#ee6677', '#228833', '#ccbb44', '#66ccee', '#aa3377'];

/** Panels side by side. */
export function svgPlots(plots: readonly Plot[]): string {
  const panels = plots.map(
    (plot, i) => `<g transform="translate(${i * WIDTH} 0)">${panel(plot)}</g>`,
  );
  const size = `width="${plots.length * WIDTH}" height="${HEIGHT}"`;
  const box = `viewBox="0 0 ${plots.length * WIDTH} ${HEIGHT}"`;
  const style = 'font-family="sans-serif" font-size="12" fill="#333"';
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${box} ${style}><rect width="100%" height="100%" fill="white"/>${panels.join('')}</svg>\n`;
}

function panel({ title, x, y, lines }: Plot): string {
  const all = lines.flatMap(({ points }) => points);
  const across = axis(
    all.map(([value]) => value),
    MARGIN.left,
    WIDTH - MARGIN.right,
  );
  const up = axis(
    all.map(([, value]) => value),
    HEIGHT - MARGIN.bottom,
    MARGIN.top,
  );
  const floor = HEIGHT - MARGIN.bottom;
  const right = WIDTH - MARGIN.right;
  const middle = (MARGIN.left + right) / 2;
  const labels = spread(lines.map(({ points }) => up.at(points.at(-1)![1])));
  return [
    text(middle, 18, title, 'middle', 'font-weight="bold"'),
    ...across.ticks.map((tick) => text(across.at(tick), floor + 16, label(tick), 'middle')),
    ...up.ticks.flatMap((tick) => [
      `<path d="M${MARGIN.left} ${up.at(tick)}H${right}" stroke="#ddd"/>`,
      text(MARGIN.left - 6, up.at(tick) + 4, label(tick), 'end'),
    ]),
    text(middle, HEIGHT - 8, x, 'middle'),
    text(14, HEIGHT / 2, y, 'middle', `transform="rotate(-90 14 ${HEIGHT / 2})"`),
    ...lines.flatMap(({ name, points }, i) => {
      const colour = COLOURS[i % COLOURS.length]!;
      const places = points.map(([a, b]) => [round(across.at(a)), round(up.at(b))] as const);
      return [
        `<path d="M${places.map((place) => place.join(' ')).join('L')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        ...places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`),
        text(right + 10, labels[i]! + 4, name, 'start', `style="fill:${colour}"`),
      ];
    }),
  ].join('');
}

/** Places as near to these as lets none touch another. */
function spread(places: readonly number[]): number[] {
  const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]!);
  const moved = [...places];
  for (const [rank, i] of order.entries()) {
    const above = rank === 0 ? undefined : moved[order[rank - 1]!];
    if (above !== undefined) moved[i] = Math.max(moved[i]!, above + LINE_HEIGHT);
  }
  return moved;
}

/** From zero to a round number that nothing exceeds. */
function axis(values: readonly number[], from: number, to: number) {
  const largest = Math.max(...values, Number.MIN_VALUE);
  const power = 10 ** Math.floor(Math.log10(largest / 4));
  const step = [1, 2, 5, 10].map((m) => m * power).find((size) => size * 5 >= largest)!;
  const count = Math.ceil(largest / step);
  return {
    at: (value: number) => round(from + ((to - from) * value) / (count * step)),
    ticks: Array.from({ length: count + 1 }, (_, i) => i * step),
  };
}

const round = (value: number) => Math.round(10 * value) / 10;
const label = (tick: number) => String(Number(tick.toPrecision(6)));

const text = (x: number, y: number, words: string, anchor: string, more = '') =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" ${more}>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;
