/** 4: what is run, where thresholds come from, and when a difference counts as one. */
import type { StudyResult } from '../../../result/result.ts';
import { scenariosOf } from '../../answer/scenarioOf.ts';
import { listAt, numberAt, textAt } from '../../settingAt.ts';
import { confidenceOf, methodsOf } from '../facts.ts';
import { listed, methodName } from '../names.ts';
import { counted, inWords, percent, thousands } from '../numbers.ts';
import { lead, NOTHING, paragraph, section, type Typst, typst } from '../typst.ts';
import { laddersOf } from './ladderFacts.ts';

export function protocols(result: StudyResult): Typst {
  return section(
    'Protocols',
    scenarios(result),
    shift(result),
    ladder(result),
    thresholds(result),
    uncertainty(result),
    tests(result),
    seeds(result),
  );
}

function scenarios(result: StudyResult): Typst {
  const ran = [
    { id: 'clean', words: typst`_clean_ (fitted, calibrated and tested on clean images)` },
    {
      id: 'shift-none',
      words: typst`_shift, none_ (the clean model and its threshold meet shifted images)`,
    },
    {
      id: 'shift-threshold',
      words: typst`_shift, threshold_ (the threshold is set anew on shifted validation images)`,
    },
    {
      id: 'shift-full',
      words: typst`_shift, full_ (the model is fitted anew on shifted images as well)`,
    },
  ] as const;
  const told = ran.filter(({ id }) => scenariosOf(result, id).length > 0);
  if (told.length === 0) return NOTHING;
  return paragraph(
    lead('Scenarios'),
    typst`${told.length === 1 ? 'The one scenario is' : 'The scenarios are'} ${listed(told.map(({ words }) => words))}. All of a category are judged on the same test images, so differences between them are paired.`,
  );
}

function shift(result: StudyResult): Typst {
  if (result.shift.length === 0) return NOTHING;
  const preset = textAt(result, 'shift.preset') ?? 'seed';
  const severity = numberAt(result, 'shift.severity') ?? 1;
  const filled = Math.max(...result.shift.map((one) => one.filled.mean));
  const redraws = result.shift.reduce((sum, one) => sum + one.redraws, 0);
  const unknown = result.shift.reduce((sum, one) => sum + one.maskUnknown, 0);
  return paragraph(
    lead('Shift'),
    typst`Every image gets a draw of its own from the preset _${preset}_ at severity ${severity}${PRESET_WORDS[preset] === undefined ? '' : typst`: ${PRESET_WORDS[preset]}`}. Masks move with their images; mirrored border fills ${percent(filled)} of an image on average at most.`,
    redraws === 0
      ? null
      : typst`${counted(redraws, 'draw')} that pushed a marked defect out of the frame ${redraws === 1 ? 'was' : 'were'} repeated.`,
    unknown === 0
      ? null
      : typst`For ${counted(unknown, 'defective image')} without a mask it cannot be known whether the defect is still in view.`,
  );
}

/** Of the presets that studies usually take. */
const PRESET_WORDS: Readonly<Record<string, Typst>> = {
  seed: typst`turned by up to 10°, cropped to 90–100% of each side, moved by up to 5%; brightness, contrast and saturation changed by up to 30%; a linear and a radial gradient of light and a vignette of up to 30%; blurred; Gaussian noise of 1–5% of full scale`,
  geometric: typst`turned, cropped and moved`,
  photometric: typst`brightness, contrast and saturation changed`,
  illumination: typst`gradients of light and a vignette`,
};

function ladder(result: StudyResult): Typst {
  const [first] = laddersOf(result);
  if (first === undefined) return NOTHING;
  const pictures = [
    ...new Set(laddersOf(result).flatMap((one) => one.rungs.map((rung) => rung.pictures))),
  ].toSorted((a, b) => a - b);
  const draws = Math.max(
    ...laddersOf(result).flatMap((one) => one.rungs.map((rung) => rung.draws)),
  );
  const appends = methodsOf(result).map((method) =>
    method === 'patchcore'
      ? typst`rows join PatchCore's bank until every patch of the pictures is as near to one as training patches are`
      : typst`PaDiM's Gaussians are updated exactly`,
  );
  return paragraph(
    lead('Ladder'),
    typst`Under each of ${counted(first.lamps.length, 'lamp')} (one draw for all images) $K in {${{ source: pictures.join(', ') }}}$ good pictures are taken from the validation images, ${draws === 1 ? 'once' : `in up to ${draws} draws`}. They move the threshold alone (_recalibrate_), or join the model first (_append_): ${listed(appends)}. Below 20 pictures the threshold moves by the change of the median score; from 20 on it is conformal.`,
  );
}

function thresholds(result: StudyResult): Typst {
  const all = [...scenariosOf(result, 'clean'), ...scenariosOf(result, 'shift-none')];
  const [first] = all;
  if (first === undefined) return NOTHING;
  const fpr = percent(numberAt(result, 'calibration.fpr') ?? 0.05);
  const rules = all.flatMap((one) => one.runs.map((run) => run.thresholds));
  const fitted = rules.some(({ chosen }) => chosen.rule === 'f1-optimal');
  const fewest = rules
    .filter(({ normalOnly }) => normalOnly.rule === 'maximum')
    .map(({ normalOnly }) => normalOnly.averageFpr);
  const promises = rules.map(({ normalOnly }) => normalOnly.upperFpr);
  return paragraph(
    lead('Thresholds'),
    fitted
      ? typst`Scenarios judge at the threshold of highest F1 on the validation images, which moves with their share of defects.`
      : typst`There are no defects among the validation images, so scenarios judge at a threshold from good images alone.`,
    typst`Beside it stands one from the $n$ good validation images alone: the conformal threshold @vovk2005, their $k$-th smallest score with $k = ceil((n + 1)(1 - alpha))$ and $alpha$ = ${fpr}. It promises a false positive rate of at most $(n + 1 - k) slash (n + 1)$ on average over validation sets; for the very set at hand the rate is only bounded more loosely (here by up to ${percent(Math.max(...promises))} with ${percent(confidenceOf(result))} confidence). All of that holds for images exchangeable with the validation images, and says nothing of recall.`,
    fewest.length === 0
      ? null
      : typst`With too few images for $alpha$ it is their largest score, which promises ${percent(Math.max(...fewest))}.`,
  );
}

function uncertainty(result: StudyResult): Typst {
  const resamples = numberAt(result, 'metrics.bootstrap');
  const confidence = percent(confidenceOf(result));
  return paragraph(
    lead('Intervals'),
    typst`Brackets hold ${confidence} intervals over test images, normal and anomalous ones resampled apart${resamples === undefined ? '' : ` ${thousands(resamples)} times`}: bias-corrected and accelerated bootstrap @efron1987; Newcombe's method for a high AUROC @newcombe2006, where the bootstrap covers too rarely; exact ones for proportions @clopper1934; for differences and means near the end of a scale, combined from those of their parts @zou2008. They say how much the test images could mislead, not how another product would fare.`,
  );
}

function tests(result: StudyResult): Typst {
  const statistics = result.analysis.statistics?.[0];
  if (statistics === undefined) {
    return paragraph(
      lead('Tests'),
      typst`No tests were run. A difference is called shown where its interval leaves out zero; each interval stands for itself, and of twenty with nothing behind them one does so by chance.`,
    );
  }
  const { family, level, permutations } = statistics;
  return paragraph(
    lead('Tests'),
    typst`Claims are made of ${counted(family.tests, 'comparison')} declared beforehand${family.tests === 0 ? '' : typst` (@tab-tests)`}. Each is tested by swapping the two sides' ranks (or verdicts) of an image (${thousands(permutations)} permutations) and by the bootstrap; the larger $p$ counts, is adjusted by Holm's method @holm1979 for the whole family, and at ${percent(level)} the difference is called _shown_. AUROCs are compared by DeLong's test @delong1988 as well. All other differences are called shown where their interval leaves out zero; each of those stands for itself, and of twenty with nothing behind them one does so by chance.`,
  );
}

function seeds(result: StudyResult): Typst {
  const counts = methodsOf(result).map((method) => ({
    method,
    seeds: listAt(result, `${method}.seeds`).length,
  }));
  const told = counts.filter((one) => one.seeds > 0);
  if (told.length === 0) return NOTHING;
  const words = told.map(
    ({ method, seeds: own }) =>
      typst`${inWords(own)} ${own === 1 ? 'seed' : 'seeds'} for ${methodName(method)}`,
  );
  const single = told.every((one) => one.seeds === 1);
  return paragraph(
    lead('Seeds'),
    typst`There ${told[0]?.seeds === 1 ? 'is' : 'are'} ${listed(words)}.`,
    single
      ? typst`How much results vary between seeds is therefore not known.`
      : typst`Metrics are means over seeds; seeds are never counted as images. Ladder, global model and analysis use the first.`,
  );
}
