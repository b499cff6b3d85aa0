import { defineCommand } from '../command.ts';
import { argument, number } from '../parameters.ts';

export const historyCommand = defineCommand({
  name: 'history',
  summary: 'list the versions of a model, or go back to one',
  description: `\`flawmap update\` and \`flawmap recalibrate\` keep what they replace in MODEL.onnx.versions, with
what was done, when, with which images, and the numbers before and after. --rollback puts an earlier
version in the model's place, byte for byte; that too is a version, so that nothing is lost. A file
whose bytes have changed since it was written is told of.`,
  arguments: { model: argument('file made by `flawmap fit`') },
  options: {
    rollback: number('--rollback <n>', 'go back to this version', { min: 1, integer: true }),
  },
  json: true,
  examples: [
    { command: 'history bottle.onnx', explanation: 'Versions, the present one last' },
    { command: 'history bottle.onnx --rollback 1', explanation: 'As it was fitted' },
  ],
  async run({ print, paint }, { model, rollback: wanted }) {
    const { history, presentDamage, rollback } = await import('../../inspection/upkeep/history.ts');
    const { describeHistory } = await import('../describe/describeHistory.ts');
    const versions = wanted === undefined ? await history(model) : await rollback(model, wanted);
    print(describeHistory(model, versions, paint));
    const damage = await presentDamage(model);
    if (damage !== undefined) print(paint('red', `${damage}; go back to an earlier version`));
    return { json: { model, versions, ...(damage !== undefined && { damage }) } };
  },
});
