import { describe, expect, test } from 'vitest';
import { FlawmapError } from '../../core/error.ts';
import { parseConfig } from './parseConfig.ts';

/** The mistakes that a text is refused for, without the places where only the rest matters. */
function mistakesIn(text: string): string[] {
  try {
    parseConfig(text, 'mine.yaml');
  } catch (error) {
    if (!(error instanceof FlawmapError)) throw error;
    const { kind, details } = error;
    const mistakes = details.found!.split('\n').map((line) => line.trim());
    const count = mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`;
    expect(kind).toBe('input');
    expect(details.what).toBe(`mine.yaml is no configuration of a study: ${count}`);
    expect(details.remedy).toContain('docs/study-config.md');
    return mistakes;
  }
  return [];
}

/** With a data set, and the rest of the lines after it. */
const withData = (...lines: string[]): string => ['dataset: { root: data }', ...lines].join('\n');

describe('a configuration', () => {
  test('needs the data set alone; the rest has defaults', () => {
    const config = parseConfig('dataset: { synthetic: {} }', 'mine.yaml');
    expect(config.dataset).toEqual({
      root: null,
      synthetic: { train: 40, good: 10, anomalous: 14, size: 256 },
      categories: ['hazelnut', 'carpet', 'zipper'],
    });
    expect(config).toMatchObject({
      seed: 42,
      split: { validation: 0.2, anomalousValidation: 0.3, folder: null },
      patchcore: { coreset: 0.05, seeds: [42, 43, 44] },
      padim: { channels: 100, seeds: [42, 43, 44, 45, 46] },
      experiments: { methods: ['patchcore', 'padim'], ladder: { pictures: [1, 5, 10, 20, 40] } },
      outputs: { models: true, mlflow: null },
    });
  });

  test('keeps what is given and fills in the rest of its section', () => {
    const { patchcore } = parseConfig(withData('patchcore: { coreset: 1 }'), 'mine.yaml');
    expect(patchcore).toMatchObject({ coreset: 1, score: 'max', seeds: [42, 43, 44] });
  });

  test('may repeat itself with an alias, and begin with a byte order mark', () => {
    const text = `\ufeff${withData('patchcore: { seeds: &s [1, 2] }', 'padim: { seeds: *s }')}`;
    expect(parseConfig(text, 'mine.yaml').padim.seeds).toEqual([1, 2]);
  });
});

describe('mistakes', () => {
  test('are all told at once: path, line, what was expected and found, the nearest name', () => {
    const text = withData(
      'sede: 7',
      'split:',
      '  validation: 1.5',
      'backbone: { name: 3, resize: 224, crop: 300 }',
      'patchcore:',
      '  coreset: 0',
      '  score: reweigted',
      '  seeds: [1, 1]',
      'padim: { channels: 12.5, seeds: [] }',
      'experiments:',
      '  run: [clean, shfit-none]',
      '  ladder: { pictures: [5, 1], lamp: 3 }',
      'outputs:',
      '  mlflow: { url: nowhere }',
      '  csv: "yes"',
    );
    expect(mistakesIn(text).sort()).toEqual([
      'backbone.crop (line 5, column 35): expected at most resize, found 300',
      'backbone.name (line 5, column 13): expected text, found 3',
      'experiments.ladder.lamp (line 13, column 31): there is no such setting; did you mean lamps?',
      'experiments.ladder.pictures (line 13, column 13): expected ascending numbers, found [5,1]',
      'experiments.run.1 (line 12, column 16): expected one of clean, shift-none, shift-threshold, shift-full, ladder, global, found "shfit-none"; did you mean shift-none?',
      'outputs.csv (line 16, column 3): expected true or false, found "yes"',
      'outputs.mlflow.url (line 15, column 13): expected a URL, found "nowhere"',
      'padim.channels (line 10, column 10): expected a whole number, found 12.5',
      'padim.seeds (line 10, column 26): expected at least 1 of them, found []',
      'patchcore.coreset (line 7, column 3): expected more than 0, found 0',
      'patchcore.score (line 8, column 3): expected one of max, reweighted, topk, found "reweigted"; did you mean reweighted?',
      'patchcore.seeds (line 9, column 3): expected different seeds, found [1,1]',
      'sede (line 2, column 1): there is no such setting; did you mean seed?',
      'split.validation (line 4, column 3): expected less than 1, found 1.5',
    ]);
  });

  test('takes no address of MLflow that is not of the web, and none with credentials', () => {
    const mistakes = (url: string) =>
      mistakesIn(`dataset: { root: images }\noutputs: { mlflow: { url: '${url}' } }`);
    expect(mistakes('sqlite:///mlflow.db')[0]).toContain('expected a URL');
    const [credentials, ...others] = mistakes('https://ann:secret@tracking.example');
    expect(credentials).toContain('MLFLOW_TRACKING_USERNAME');
    expect(credentials).toContain('found "https://tracking.example"');
    expect(others).toEqual([]);
  });

  test('in the name of a setting: the section where it belongs, or those there are', () => {
    expect(mistakesIn(withData('coreset: 0.1', 'patchcore: { channels: 50 }'))).toEqual([
      'patchcore.channels (line 3, column 14): there is no such setting; did you mean padim.channels?',
      'coreset (line 2, column 1): there is no such setting; did you mean patchcore.coreset?',
    ]);
    expect(mistakesIn('dataset: { synthetic: { colour: red } }')).toEqual([
      'dataset.synthetic.colour (line 1, column 25): there is no such setting; there are train, good, anomalous, size',
    ]);
    expect(mistakesIn(withData('1: 2'))[0]).toMatch(/^1 \(line 2, column 1\): there is no such/);
  });

  test('in a setting of a list: its place, and the nearest name', () => {
    const side = '{ scenario: clean, methd: padim }';
    const family = `family: [{ metric: f1, first: ${side}, secnd: 1 }]`;
    const mistakes = mistakesIn(withData(`analysis: { statistics: { ${family} } }`));
    const at = 'analysis.statistics.family.0';
    expect(mistakes).toContainEqual(
      expect.stringMatching(`^${at}.first.methd .line 2, .*no such setting; did you mean method`),
    );
    expect(mistakes).toContainEqual(
      expect.stringMatching(`^${at}.secnd .line 2, .*no such setting; did you mean second`),
    );
  });

  test.each([
    ['split: { validation: 0 }', 'split.validation', 'more than 0'],
    ['split: { validation: 1 }', 'split.validation', 'less than 1'],
    ['split: { anomalousValidation: -0.1 }', 'split.anomalousValidation', 'at least 0'],
    ['split: { anomalousValidation: 1 }', 'split.anomalousValidation', 'less than 1'],
    ['patchcore: { coreset: 1.01 }', 'patchcore.coreset', 'at most 1'],
    ['patchcore: { topk: 0 }', 'patchcore.topk', 'more than 0'],
    ['calibration: { fpr: 1 }', 'calibration.fpr', 'less than 1'],
    ['metrics: { proLimit: 0 }', 'metrics.proLimit', 'more than 0'],
    ['metrics: { confidence: 1 }', 'metrics.confidence', 'less than 1'],
    ['metrics: { bootstrap: 99 }', 'metrics.bootstrap', 'at least 100'],
    ['metrics: { confidence: .nan }', 'metrics.confidence', 'a number, found NaN'],
    ['cache: { limitGb: .inf }', 'cache.limitGb', 'a number, found Infinity'],
    ['experiments: { ladder: { pictures: [0] } }', 'experiments.ladder.pictures.0', 'more than 0'],
    ['shift: { severity: 3 }', 'shift.severity', '0 to 2, or for corruptions one of 0, 1'],
    ['shift: { preset: corruptions, severity: 1.5 }', 'shift.severity', '0 to 2, or for'],
    ['backbone: { resize: 128, crop: 129 }', 'backbone.crop', 'at most resize'],
    ['seed: -1', 'seed', 'at least 0'],
  ])('%s is refused', (line, path, expected) => {
    const [mistake, ...others] = mistakesIn(withData(line));
    expect(others).toEqual([]);
    expect(mistake).toContain(`${path} (line 2, column `);
    expect(mistake).toContain(`expected ${expected}`);
  });

  test.each([
    ['split: { anomalousValidation: 0 }'],
    ['shift: { preset: corruptions, severity: 5 }'],
    ['shift: { severity: 1.5 }'],
    ['backbone: { resize: 128, crop: 128 }'],
    ['patchcore: { coreset: 1, topk: 1 }'],
  ])('%s is accepted', (line) => {
    expect(mistakesIn(withData(line))).toEqual([]);
  });

  test('either a folder or images to paint, also where other settings are wrong', () => {
    const expected =
      'dataset (line 1, column 1): expected either root (a folder of images) or synthetic (images to be painted)';
    expect(mistakesIn('dataset: {}')).toEqual([`${expected}, found {}`]);
    const [unknown, both] = mistakesIn('dataset: { root: a, synthetic: {}, size: 3 }');
    expect(unknown).toMatch(/^dataset.size .* did you mean dataset.synthetic.size\?$/);
    expect(both).toContain(expected);
    expect(mistakesIn('seed: 1')).toEqual([
      'dataset: expected settings, one a line, found nothing',
    ]);
  });

  test('a section whose lines are all comments is empty', () => {
    expect(mistakesIn(withData('patchcore:', '  # coreset: 0.1'))).toEqual([
      'patchcore (line 2, column 1): expected settings, one a line, found nothing',
    ]);
  });

  test('what was found is told shortly', () => {
    const [mistake] = mistakesIn(withData(`seed: ${'x'.repeat(1000)}`));
    expect(mistake!.length).toBeLessThan(120);
  });
});

describe('what is no YAML', () => {
  test.each([
    ['', 'expected one YAML document, found an empty file'],
    ['seed: 1\n---\nseed: 2', 'expected one YAML document, found 2'],
    ['hello', 'the file: expected settings, one a line, found "hello"'],
    ['- 1', 'the file: expected settings, one a line, found [1]'],
    ['seed: 1\nseed: 2', 'line 2, column 1: Map keys must be unique'],
    ['dataset:\n\troot: x', 'line 2, column 1: Tabs are not allowed as indentation'],
    ['seed: !number 1', 'line 1, column 7: Unresolved tag: !number'],
    ['seed: *none', 'line 1, column 7: *none repeats nothing: there is no anchor before'],
    ['dataset: &a { root: *a }', 'line 1, column 21: *a lies within what it repeats'],
  ])('%j', (text, mistake) => {
    expect(mistakesIn(text)).toEqual([mistake]);
  });

  test('several mistakes are told at once, with their lines', () => {
    const mistakes = mistakesIn('seed: 1\nseed: 2\nseed: 3\ndataset: "a');
    expect(mistakes).toHaveLength(3);
    for (const mistake of mistakes) expect(mistake).toMatch(/^line \d, column \d+: /);
  });

  test('aliases that multiply, and nesting without end', () => {
    // 300 000 values from six lines.
    const tenfold = (name: string) =>
      `[${Array.from({ length: 10 }, () => `*${name}`).join(', ')}]`;
    const bomb = ['a: &a [1, 2, 3]', `b: &b ${tenfold('a')}`, `c: &c ${tenfold('b')}`];
    bomb.push(`d: &d ${tenfold('c')}`, `e: &e ${tenfold('d')}`, `f: ${tenfold('e')}`);
    expect(mistakesIn(bomb.join('\n'))).toEqual([
      'its aliases repeat too much: expected at most 20 repetitions',
    ]);
    const deep = mistakesIn(`dataset: ${'['.repeat(20_000)}`);
    expect(deep.length).toBeGreaterThan(0);
    expect(deep.length).toBeLessThanOrEqual(10);
  });
});
