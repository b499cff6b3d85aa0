import { DEFAULT_BACKBONE } from '../../backbone/catalogue.ts';
import { defineCommand } from '../command.ts';
import { deviceOption, useDevice } from '../device.ts';
import { argument, number, text } from '../parameters.ts';

export const auditCommand = defineCommand({
  name: 'audit',
  summary: 'is the training folder clean? strange, doubled, blurred and badly lit images',
  description: `Compares every training image with all others, leaving itself out, and ranks them by their
strangest parts. With --out it writes a contact sheet with the strange parts marked, the report, and
an exclude list for \`flawmap fit --exclude\`: suspicious images are on it, others in the top ten are
there as comments. Nothing is removed.`,
  arguments: { data: argument('folder of good images, or of categories') },
  options: {
    category: text('--category <name>', 'which category, where DATA holds several'),
    backbone: text(
      '--backbone <name|file>',
      'the feature network; a ResNet sees subtler flaws than the built-in one',
      { default: DEFAULT_BACKBONE },
    ),
    out: text('--out <dir>', 'where contact sheet, exclude list and report go'),
    seed: number('--seed <n>', 'decides which patches are compared', {
      min: 0,
      integer: true,
      default: 42,
    }),
    device: deviceOption,
  },
  json: true,
  examples: [
    {
      command: 'audit data --category bottle --out audit',
      explanation: 'Then look at audit/contact-sheet.png and edit audit/exclude.txt',
    },
  ],
  async run({ control, log, print, paint }, { device, ...options }) {
    await useDevice(device, { log });
    const { audit } = await import('../../inspection/audit/audit.ts');
    const { describeAudit } = await import('../describe/describeAudit.ts');
    const report = await audit(options, control);
    print(describeAudit(report, options, paint));
    return { json: report };
  },
});
