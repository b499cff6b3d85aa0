/** The bill of materials says of everything that is installed with flawmap what it is. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const readJson = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly unknown[];
}

interface Locked {
  readonly version: string;
  readonly dev?: boolean;
  readonly integrity?: string;
}

describe('npm run sbom', () => {
  const sbom = JSON.parse(
    execFileSync(process.execPath, [join(ROOT, 'scripts', 'sbom.mjs')], {
      encoding: 'utf8',
      maxBuffer: 64e6,
    }),
  ) as {
    readonly bomFormat: string;
    readonly specVersion: string;
    readonly metadata: { readonly component: Component };
    readonly components: readonly Component[];
    readonly dependencies: readonly {
      readonly ref: string;
      readonly dependsOn: readonly string[];
    }[];
  };
  const { name, version, dependencies, devDependencies } = readJson('package.json');

  test('is CycloneDX of this version', () => {
    expect(sbom).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: expect.stringMatching(/^1\.\d$/),
      metadata: { component: { name, version, purl: `pkg:npm/${name}@${version}` } },
    });
  });

  test('lists what package-lock.json installs for users, with hashes and licences', () => {
    const locked = Object.entries(readJson('package-lock.json').packages as Record<string, Locked>);
    const installed = locked.filter(([path, { dev }]) => path !== '' && dev !== true);
    const expected = installed.map(
      ([path, one]) => `${path.split('node_modules/').at(-1)}@${one.version}`,
    );
    const listed = sbom.components.map((one) => `${one.name}@${one.version}`);
    expect(new Set(listed)).toEqual(new Set(expected));
    for (const { purl, hashes, licenses } of sbom.components) {
      expect(purl).toMatch(/^pkg:npm\/.+@.+/);
      expect(hashes?.[0]?.alg, purl).toBe('SHA-512');
      expect(licenses?.length, purl).toBeGreaterThan(0);
    }
  });

  test('says what depends on what, and nothing of what only developers need', () => {
    const refs = new Set(sbom.components.map((one) => one['bom-ref']));
    const own = sbom.dependencies.find(({ ref }) => ref === `${name}@${version}`)!;
    const wanted = Object.entries(dependencies).map(([one, exact]) => `${one}@${exact}`);
    expect(own.dependsOn).toEqual(expect.arrayContaining(wanted));
    for (const { dependsOn } of sbom.dependencies) {
      for (const ref of dependsOn) expect(refs, ref).toContain(ref);
    }
    expect([...refs]).not.toContain(`vitest@${devDependencies.vitest}`);
  });
});
