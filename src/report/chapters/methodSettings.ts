/** What a method is, and how this study ran it. */
import { METHOD_TITLES } from '../../result/methodTitle.ts';
import type { StudyResult } from '../../result/result.ts';
import type { Method } from '../../result/scenario.ts';
import type { Table } from '../tables/table.ts';

export const METHOD_DESCRIPTIONS: Readonly<Record<Method, string>> = {
  patchcore:
    'PatchCore keeps a memory bank of the embeddings of good patches, thinned to a coreset that covers them. A patch of a new image is as anomalous as its distance to the nearest row of the bank, an image as its most anomalous patch (Roth et al., CVPR 2022).',
  padim:
    'PaDiM learns for each position of the image a Gaussian of the embeddings there. A patch of a new image is as anomalous as its Mahalanobis distance from the Gaussian of its position, an image as its most anomalous patch (Defard et al., ICPR 2020).',
};

/** The method's settings as configured, and what the study's backbone is. */
export function methodSettings(result: StudyResult, method: Method): Table {
  const { config, backbone } = result;
  const layers = backbone.layers[method];
  const rows = [
    ['Backbone', backbone.name],
    ...(layers === undefined ? [] : [['Layers', layers.join(', ')]]),
    ...bankRows(result, method),
    ...settings(config[method]).filter(([name]) => name !== 'layers'),
  ];
  return {
    id: `settings-${method}`,
    title: `Settings of ${METHOD_TITLES[method]}`,
    columns: [{ title: 'Setting' }, { title: 'Value' }],
    rows,
  };
}

/** Of the categories' own banks; that of all categories together is another chapter's. */
function bankRows({ models, categories }: StudyResult, method: Method): string[][] {
  const names = categories.map(({ name }) => name);
  const own = models.filter((model) => model.method === method && names.includes(model.category));
  const rows = own.flatMap(({ bankRows: n }) => n ?? []);
  if (rows.length === 0) return [];
  const [least, most] = [Math.min(...rows), Math.max(...rows)];
  return [['Rows of a bank', least === most ? `${least}` : `${least} to ${most}`]];
}

/** What the method does not use is null. */
function settings(section: unknown): string[][] {
  if (typeof section !== 'object' || section === null) return [];
  return Object.entries(section).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, shown(value)]],
  );
}

const shown = (value: unknown): string =>
  Array.isArray(value) ? value.map(shown).join(', ') : String(value);
