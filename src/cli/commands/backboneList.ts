import { defineCommand } from '../command.ts';
import { formatBytes } from '../quantities.ts';
import { textTable } from '../textTable.ts';

export const backboneListCommand = defineCommand({
  name: 'backbone list',
  summary: 'list the backbones known by name: licence, size, hash, source, and whether it is here',
  json: true,
  examples: [
    { command: 'backbone list', explanation: 'What there is, and what is in the cache already' },
  ],
  async run({ print, paint }) {
    const { existsSync } = await import('node:fs');
    const { CATALOGUE } = await import('../../backbone/catalogue.ts');
    const { backboneFolder, backbonePath } = await import('../../backbone/backboneFile.ts');
    const entries = CATALOGUE.map((entry) => {
      const path = entry.file === null ? null : backbonePath(entry.file);
      return { ...entry, path, present: path === null || existsSync(path) };
    });
    const rows = entries.map(({ name, family, licence, file, layers, present }) => [
      name,
      family,
      licence,
      file === null ? '-' : `${file.bytesAreApproximate ? 'about ' : ''}${formatBytes(file.bytes)}`,
      layers.map((layer) => `${layer.name} ${layer.channels}/${layer.stride}`).join(', '),
      file === null ? 'built in' : present ? 'here' : file.url === null ? 'by hand' : 'to pull',
    ]);
    print(
      textTable(['name', 'family', 'licence', 'size', 'layers (channels/stride)', 'file'], rows),
    );
    for (const { name, note, file, defaultLayers } of entries) {
      print(`\n${paint('bold', name)}: ${note}`);
      print(`  default layers: ${defaultLayers.join(', ')}`);
      if (file === null) continue;
      print(`  source: ${file.url ?? 'none, place the file by hand'}`);
      print(`  file:   ${file.name}`);
      print(`  sha256: ${file.sha256 ?? 'not known; the first download is recorded'}`);
    }
    print(`\nFiles are kept in ${backboneFolder()}`);
    return { json: { folder: backboneFolder(), backbones: entries } };
  },
});
