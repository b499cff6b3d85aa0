/** 1: what is inspected and why, and what words mean here. */
import type { StudyResult } from '../../../result/result.ts';
import { scenariosOf } from '../../answer/scenarioOf.ts';
import { numberAt } from '../../settingAt.ts';
import { listed } from '../names.ts';
import { counted, percent, thousands } from '../numbers.ts';
import { joined, NOTHING, paragraph, section, type Typst, typst } from '../typst.ts';

export function context(result: StudyResult): Typst {
  return section(
    'Context and definitions',
    paragraph(
      typst`On a production line every part is photographed and a decision is made within a fraction of a second: pass or reject. Defects are rare, their kinds are not known beforehand, and labelled examples are few. Anomaly detectors therefore learn from good parts alone @bergmann2019 @bergmann2021 and call a part anomalous when it lies too far from what they have seen.`,
      typst`Benchmarks report how well such detectors rank images taken under one set of conditions. A line asks more: where the threshold comes from, what it promises, and what becomes of both when a lamp ages or the camera is moved.`,
      questions(result),
    ),
    whatDecisionsCost(result),
    definitions(result),
  );
}

function questions(result: StudyResult): Typst {
  const asked = [
    {
      part: scenariosOf(result, 'clean'),
      asks: typst`how good the detectors are where nothing has changed`,
    },
    {
      part: scenariosOf(result, 'shift-none'),
      asks: typst`what a change of imaging conditions costs them`,
    },
    {
      part: [...scenariosOf(result, 'shift-threshold'), ...scenariosOf(result, 'shift-full')],
      asks: typst`what adaptation regains`,
    },
    {
      part: result.experiments.global ?? [],
      asks: typst`whether one model can serve all products`,
    },
  ].filter(({ part }) => part.length > 0);
  if (asked.length === 0) return NOTHING;
  return typst`This paper asks ${listed(asked.map(({ asks }) => asks))}.`;
}

/** What an error rate comes to in a day, by the line that the study was told of. */
function whatDecisionsCost(result: StudyResult): Typst {
  const line = result.analysis.plant?.[0]?.line;
  if (line === undefined) return NOTHING;
  const { partsPerDay, defectRate, escapeCost, falseRejectCost, currency } = line;
  const fpr = numberAt(result, 'calibration.fpr') ?? line.promisedFpr;
  const defects = partsPerDay * defectRate;
  const rejects = partsPerDay * (1 - defectRate) * fpr;
  const unit = currency === null ? '' : ` ${currency}`;
  return paragraph(
    typst`What a decision means is told by the line that the study assumes: ${thousands(partsPerDay)} parts a day, ${percent(defectRate)} of them defective, ${escapeCost}${unit} for a defective part that passes and ${falseRejectCost}${unit} for a good one that is rejected. Of ${counted(defects, 'defective part')} a day each escape weighs as much as ${thousands(escapeCost / falseRejectCost)} false rejects; a false positive rate of ${percent(fpr)} alone means ${counted(rejects, 'good part')} rejected a day. Rates that look alike in a table can differ by an order of magnitude in what they cost.`,
  );
}

function definitions(result: StudyResult): Typst {
  const limit = numberAt(result, 'metrics.proLimit') ?? 0.3;
  const terms: readonly (readonly [string, Typst, boolean?])[] = [
    [
      'Anomaly',
      typst`a deviation that the label of the data set calls a defect; everything else is normal, however unusual it looks.`,
    ],
    [
      'Score, threshold',
      typst`a model gives an image one number; the image is rejected when it is _above_ the threshold.`,
    ],
    [
      'Escape, false reject',
      typst`an anomalous image at or below the threshold; a normal image above it. _Recall_ is the share of anomalous images rejected, _specificity_ that of normal images passed, _balanced accuracy_ the mean of the two.`,
    ],
    [
      'AUROC',
      typst`the probability that an anomalous image scores higher than a normal one, ties counting half @hanley1982; it needs no threshold. Over pixels it is dominated by the many normal ones.`,
    ],
    [
      'PRO',
      typst`the share of a defect region that is found, mean over regions, integrated over pixel false positive rates up to ${limit} and divided by it @bergmann2020: small defects count as much as large ones.`,
    ],
    [
      'Clean, shift',
      typst`images as they are; the same images after a simulated change of imaging conditions.`,
    ],
    [
      'Adaptation',
      typst`what is redone under the shift: nothing (_none_), the threshold (_threshold_), or threshold and model (_full_). The _ladder_ adds $K$ good pictures taken under one new lamp to a clean model.`,
      scenariosOf(result, 'shift-none').length > 0,
    ],
    [
      'Lamp',
      typst`one change of conditions that all images share, as when a light source is replaced; in scenario _shift_ every image has a change of its own.`,
      (result.experiments.adaptation_ladder ?? []).length > 0,
    ],
  ];
  const told = terms.filter(([, , applies]) => applies !== false);
  return joined([
    paragraph(typst`Terms are used as follows.`),
    ...told.map(
      ([term, meaning]) => typst`/ ${{ source: term }}: ${meaning}
`,
    ),
    typst`
`,
  ]);
}
