import { usageError } from '../../core/error.ts';
import { defineCommand } from '../command.ts';
import { argument, flag, list, text } from '../parameters.ts';

const MVTEC_AD = 'mvtec-ad';

export const datasetDownloadCommand = defineCommand({
  name: 'dataset download',
  summary: 'download a public data set and unpack it',
  description: `${MVTEC_AD} is MVTec AD: 15 categories, 5.3 GB, for non-commercial use. Without --accept-licence
its licence is shown and nothing is downloaded. An interrupted download continues where it
stopped; archives that lie in the folder already are used.`,
  arguments: { dataset: argument(`${MVTEC_AD} is the only one`) },
  options: {
    category: list('--category <names>', 'only these (default: all)'),
    out: text('--out <dir>', 'where to', { default: 'mvtec_ad' }),
    acceptLicence: flag('--accept-licence', 'you accept the licence of the data set'),
    mirror: text('--mirror <url>', 'another server with the same paths'),
  },
  json: true,
  examples: [
    {
      command: `dataset download ${MVTEC_AD} --category bottle,zipper --accept-licence`,
      explanation: 'Two categories, into the folder mvtec_ad',
    },
  ],
  async run({ control, log, print }, { dataset, category, out, acceptLicence, mirror }) {
    if (dataset !== MVTEC_AD) throw unknownDataset(dataset);
    const { downloadMvtecAd } = await import('../../data/downloadMvtecAd.ts');
    const { MVTEC_LICENCE } = await import('../../data/mvtecArchives.ts');
    if (acceptLicence) log.info(MVTEC_LICENCE);
    const downloaded = await downloadMvtecAd({
      ...control,
      to: out,
      categories: category,
      acceptLicence,
      baseUrl: mirror,
    });
    const { root, added, alreadyThere, archives, problems } = downloaded;
    for (const { message } of problems) log.warn(message);
    if (added.length > 0) print(`${root}: added ${added.join(', ')}`);
    if (alreadyThere.length > 0) print(`${root}: already there ${alreadyThere.join(', ')}`);
    for (const archive of archives) print(`no longer needed: ${archive}`);
    return { json: downloaded };
  },
});

function unknownDataset(name: string) {
  return usageError({
    what: `there is no data set ${name} to download`,
    expected: MVTEC_AD,
    found: name,
    remedy: `flawmap dataset download ${MVTEC_AD}`,
  });
}
