// The software bill of materials of what is installed with flawmap, in CycloneDX, to stdout:
// `npm run --silent sbom > flawmap.cdx.json`. Read from package-lock.json; needs no network.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const readJson = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const sbom = JSON.parse(
  execFileSync(
    'npm',
    ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'],
    { cwd: root, maxBuffer: 64e6, stdio: ['ignore', 'pipe', 'ignore'] },
  ),
);

// `npm sbom --omit dev` also leaves out what both flawmap and its developers need.
const installed = new Set(
  Object.entries(readJson('package-lock.json').packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { name, version }]) => `${name ?? path.split('node_modules/').at(-1)}@${version}`),
);
const { component } = sbom.metadata;
const kept = (ref) => ref === component['bom-ref'] || installed.has(ref);
sbom.components = sbom.components.filter((one) => kept(one['bom-ref']));
sbom.dependencies = sbom.dependencies
  .filter(({ ref }) => kept(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(kept) }));
// npm calls it by the folder's name.
component.name = readJson('package.json').name;
process.stdout.write(`${JSON.stringify(sbom, null, 2)}\n`);
