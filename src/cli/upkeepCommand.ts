/** What commands that keep a model current are told, and what they tell. */
import type { UpkeepReport } from '../inspection/upkeep/upkeepReport.ts';
import type { CommandContext } from './command.ts';
import { deviceOption } from './device.ts';
import { argument, number, variadicArgument } from './parameters.ts';

export const upkeepParameters = {
  arguments: {
    model: argument('file made by `flawmap fit`'),
    images: variadicArgument('good images that are new to the model, and folders of them'),
  },
  options: {
    fpr: number(
      '--fpr <share>',
      'false positive rate to promise (default: as before, or the least that the images allow)',
      { min: 0, max: 1, between: true },
    ),
    device: deviceOption,
  },
  json: true,
} as const;

export async function tellUpkeep(
  report: UpkeepReport,
  { log, print, paint }: Pick<CommandContext, 'log' | 'print' | 'paint'>,
): Promise<{ readonly json: UpkeepReport }> {
  const { describeUpkeep, upkeepWarnings } = await import('./describe/describeUpkeep.ts');
  for (const warning of upkeepWarnings(report)) log.warn(warning);
  print(describeUpkeep(report, paint));
  return { json: report };
}
