/** 3: the detectors, their equations and what they were set to. */
import type { StudyResult } from '../../../result/result.ts';
import type { Method } from '../../../result/scenario.ts';
import { listAt, numberAt, textAt } from '../../settingAt.ts';
import { methodsOf } from '../facts.ts';
import { paperTable } from '../figures.ts';
import { methodName, name } from '../names.ts';
import { percent, thousands } from '../numbers.ts';
import { type Inserted, NOTHING, paragraph, section, type Typst, typst } from '../typst.ts';

export function methods(result: StudyResult): Typst {
  const used = methodsOf(result);
  return section(
    'Methods',
    paragraph(
      typst`Both detectors share their features and the way from patch distances to a decision. A frozen network $phi$ maps an image to feature layers, which are brought to the grid of the first and concatenated, so that position $i$ has one embedding $bold(e)_i$. Distances $d_i$ of embeddings from what is normal form the anomaly map, enlarged to the input and smoothed with a Gaussian of $sigma = 4$.`,
      network(result),
    ),
    used.includes('patchcore') ? patchcore(result) : NOTHING,
    used.includes('padim') ? padim(result) : NOTHING,
    settingsTable(result, used),
  );
}

function network(result: StudyResult): Typst {
  const { name: backbone } = result.backbone;
  if (backbone === 'filterbank') {
    return typst`Here $phi$ is a built-in bank of oriented band-pass and colour filters that was not trained on anything; figures with a network trained on photographs are another matter.`;
  }
  const residual = /resnet/i.test(backbone);
  return typst`Here $phi$ is ${name(fileName(backbone), 48)}${residual ? typst`, a residual network @he2016` : ''}, never trained further.`;
}

/** Of a path, its last part. */
const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

const patchcore = (result: StudyResult): Typst =>
  paragraph(
    typst`*PatchCore* @roth2022 lets an embedding see its neighbours, each layer averaged over 3\u{202f}×\u{202f}3 positions${reduced(result)}. It keeps a memory bank $cal(M)$ of training embeddings, chosen greedily so that it covers them all @sener2018: starting from a seeded one, the embedding farthest from the bank joins until ${share(result)} of them are kept. Distances for this choice are taken after a random projection to 128 dimensions. A patch is as anomalous as its distance to the nearest member,
$ d_i = min_(bold(m) in cal(M)) norm(bold(e)_i - bold(m))_2 , $
found exactly, and ${scoreWords(result)}.`,
  );

const reduced = (result: StudyResult): string =>
  textAt(result, 'patchcore.embedding') === 'paper1024'
    ? ' and all of it averaged down to 1024 numbers'
    : '';

function share(result: StudyResult): string {
  const coreset = numberAt(result, 'patchcore.coreset');
  return coreset === undefined ? 'the share set' : percent(coreset);
}

function scoreWords(result: StudyResult): Typst {
  const kind = textAt(result, 'patchcore.score') ?? 'max';
  if (kind === 'topk') {
    const topk = numberAt(result, 'patchcore.topk');
    const share = topk === undefined ? 'largest' : `largest ${percent(topk)}`;
    return typst`an image's score is the mean of the ${share} of its distances`;
  }
  if (kind === 'reweighted') {
    return typst`an image's score is the largest distance, weighted down where the nearest member lies in a sparse part of the bank (equation 7 of the paper)`;
  }
  return typst`an image's score is the largest of its distances, $s = max_i d_i$`;
}

const padim = (result: StudyResult): Typst =>
  paragraph(
    typst`*PaDiM* @defard2021 keeps a seeded choice of ${numberAt(result, 'padim.channels') ?? 'the'} channels and fits a Gaussian to each position of the grid. With $N$ training images,
$ bold(Sigma)_i = 1 / (N - 1) sum_(n=1)^N (bold(e)_(i n) - bold(mu)_i)(bold(e)_(i n) - bold(mu)_i)^top + epsilon bold(I) , $
$ d_i = sqrt((bold(e)_i - bold(mu)_i)^top bold(Sigma)_i^(-1) (bold(e)_i - bold(mu)_i)) . $
The regulariser is $epsilon = 0.01$, times the mean variance where a network's features have a scale of their own. The score is the largest value of the smoothed map. Because every position has a Gaussian of its own, PaDiM assumes parts that lie alike in every image; PatchCore does not.`,
  );

function settingsTable(result: StudyResult, used: readonly Method[]): Typst {
  const both = (tell: (method: Method) => Inserted): readonly Inserted[] => used.map(tell);
  const efficiency = result.analysis.efficiency ?? [];
  const modelOf = (method: Method) => efficiency.find((one) => one.method === method)?.model;
  const resize = numberAt(result, 'backbone.resize');
  const rows: readonly (readonly Inserted[])[] = [
    ['Input, pixels', ...both(() => resize ?? '–')],
    [
      'Layers',
      ...both(
        (method) =>
          (result.backbone.layers[method] ?? []).map((one) => name(one)).join(', ') || '–',
      ),
    ],
    ['Patch grid', ...both((method) => gridWords(modelOf(method)?.grid))],
    ['Embedding, numbers', ...both((method) => modelOf(method)?.dimension ?? '–')],
    ['Bank, rows', ...both((method) => (method === 'patchcore' ? bankRows(result) : '–'))],
    [
      'Score',
      ...both((method) =>
        method === 'patchcore' ? (textAt(result, 'patchcore.score') ?? 'max') : 'max of map',
      ),
    ],
    ['Seeds', ...both((method) => seedsOf(result, method))],
  ];
  const known = rows.filter(([, ...cells]) => cells.some((cell) => cell !== '–'));
  return paperTable({
    label: 'tab-settings',
    caption: typst`What the detectors were set to. Study seed ${result.seed}; model seeds draw the projection and first member of the bank, or the channels.`,
    columns: [
      { title: 'Setting' },
      ...used.map((method) => ({ title: methodName(method), align: 'right' as const })),
    ],
    groups: [known],
  });
}

const gridWords = (grid: readonly number[] | undefined): string =>
  grid === undefined ? '–' : grid.join('\u{202f}×\u{202f}');

function bankRows(result: StudyResult): string {
  const rows = result.models
    .filter(
      ({ method, fittedOn, bankRows: own }) =>
        method === 'patchcore' && fittedOn === 'clean' && own !== null && own > 0,
    )
    .map(({ bankRows: own }) => own ?? 0);
  if (rows.length === 0) return '–';
  const [least, most] = [Math.min(...rows), Math.max(...rows)];
  return least === most ? thousands(least) : `${thousands(least)}–${thousands(most)}`;
}

function seedsOf(result: StudyResult, method: Method): string {
  const seeds = listAt(result, `${method}.seeds`);
  return seeds.length === 0 ? '–' : seeds.join(', ');
}
