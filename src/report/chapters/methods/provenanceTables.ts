/** What a result was made from and has left, with hashes; and all settings. */
import type { StudyResult } from '../../../result/result.ts';
import { numberCell, type Table } from '../../tables/table.ts';

export function dataTable({ categories, backbone }: StudyResult): Table {
  return {
    id: 'inputs',
    title: 'What it was made from',
    note: 'A category’s hash is of the names and hashes of its images and masks, part by part: it changes with any of them.',
    columns: [{ title: 'Input' }, { title: 'SHA-256' }],
    rows: [
      [`backbone ${backbone.name}`, backbone.sha256 ?? 'built in: follows from the version'],
      ...categories.map(({ name, sha256 }) => [`images of ${name}`, sha256]),
    ],
  };
}

export function modelsTable({ models }: StudyResult): Table {
  return {
    id: 'models',
    title: 'Model files',
    note: 'In outputs/models, named by method, category and what they were fitted on.',
    columns: [
      { title: 'File' },
      { title: 'Seed', align: 'right' },
      { title: 'Bank rows', align: 'right' },
      { title: 'MB', align: 'right' },
      { title: 'SHA-256' },
    ],
    rows: models.map(({ file, seed, bankRows, bytes, sha256 }) => [
      file.replace(MODELS_FOLDER, ''),
      numberCell(seed, 0),
      bankRows === null ? '–' : numberCell(bankRows, 0),
      numberCell(bytes / 1e6, 1),
      sha256,
    ]),
  };
}

const MODELS_FOLDER = 'outputs/models/';

/** Every setting with its value, defaults included. */
export function settingsTable({ config }: StudyResult): Table {
  return {
    id: 'settings',
    title: 'All settings',
    note: 'Names as in the configuration file, defaults included; docs/study-config.md explains them.',
    columns: [{ title: 'Setting' }, { title: 'Value' }],
    rows: flatSettings(config),
  };
}

/** Dotted names; lists of plain values in one cell. */
export function flatSettings(value: unknown, name = ''): [string, string][] {
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null)) {
    return [[name, `[${value.map(String).join(', ')}]`]];
  }
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, own]) =>
    flatSettings(own, name === '' ? key : `${name}.${key}`),
  );
}
