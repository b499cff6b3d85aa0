import { defineCommand } from '../command.ts';
import { argument } from '../parameters.ts';

export const backbonePullCommand = defineCommand({
  name: 'backbone pull',
  summary: 'download a backbone into the cache and check it',
  description:
    'An interrupted download continues where it stopped. A file that is there already is only checked.',
  arguments: { name: argument('a name from: flawmap backbone list') },
  json: true,
  examples: [
    {
      command: 'backbone pull wide_resnet50_2',
      explanation: 'The backbone of the PatchCore paper',
    },
  ],
  async run({ control, log, print }, { name }) {
    const { pullBackbone } = await import('../../backbone/backboneFile.ts');
    const { file, downloaded } = await pullBackbone(name, control);
    if (file === undefined) {
      log.info(`${name} is built in: there is nothing to download`);
      return { json: { name, downloaded, path: null, sha256: null, checkedAgainst: null } };
    }
    if (file.checkedAgainst === 'none') {
      log.warn(
        `the hash of ${name} is not known to flawmap: it was recorded now in ${file.path}.sha256, and the file is held to it from here on`,
      );
    } else {
      log.info(
        `${downloaded ? 'downloaded' : 'here already'}; its hash agrees with the ${file.checkedAgainst}`,
      );
    }
    print(file.path);
    return { json: { name, downloaded, ...file } };
  },
});
