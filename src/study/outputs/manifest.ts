/** What a run was made with: enough to make it again. */
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomic } from '../../core/atomicFile.ts';
import { sha256File } from '../../core/hash.ts';
import { flawmapVersion } from '../../core/version.ts';
import type { PlannedJob } from '../../pipeline/planJobs.ts';
import { runtimeInfo } from '../../tensor/session/session.ts';
import type { StudyInput } from '../plan/studyInput.ts';

export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
}

export function describeMachine(): Machine {
  const processors = cpus();
  return {
    platform: platform(),
    arch: arch(),
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
  };
}

/** @param outputs files of the run, relative to its folder */
export async function writeManifest(
  run: string,
  { config, backbone, categories }: StudyInput,
  outputs: readonly string[],
  jobs: readonly PlannedJob[],
): Promise<void> {
  const hashes: Record<string, string> = {};
  for (const file of outputs) hashes[file] = await sha256File(join(run, file));
  const manifest = {
    createdBy: `flawmap ${flawmapVersion()}`,
    createdAt: new Date().toISOString(),
    versions: { node: process.version, onnxruntime: (await runtimeInfo()).version },
    machine: describeMachine(),
    device: backbone.device,
    config,
    seeds: {
      study: config.seed,
      patchcore: config.patchcore.seeds,
      padim: config.padim.seeds,
    },
    backbone: { place: backbone.place, sha256: backbone.sha256 },
    data: categories.map(({ name, root }) => ({ name, root })),
    outputs: hashes,
    jobs: jobs.map(({ job: { id }, key }) => ({ id, key })),
  };
  await writeFileAtomic(join(run, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
