/** What the model says of itself. */
import type { OpenedModel } from '../worker/protocol.ts';

export function ModelPanel({ opened }: { readonly opened: OpenedModel }) {
  const { metadata, runtime } = opened;
  const { detector, backbone, calibration, training, preprocessing } = metadata;
  const method =
    detector.method === 'patchcore' ? `PatchCore, ${detector.bank.rows} bank rows` : 'PaDiM';
  const rows = [
    ['Product', metadata.category],
    ['Method', method],
    ['Backbone', `${backbone.name}, ${preprocessing.crop} pixels`],
    ['Learnt from', `${training.length} good photographs`],
    ['Made by', metadata.createdBy],
    ['Computes with', runtimeText(runtime)],
  ] as const;
  return (
    <details class="panel facts">
      <summary>
        <h2>About the model</h2>
      </summary>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{calibration.statement}</p>
      {runtime.note && <p class="faint">{runtime.note}.</p>}
    </details>
  );
}

function runtimeText({ kind, threads }: OpenedModel['runtime']): string {
  if (kind === 'webgpu') return 'WebGPU';
  return `WebAssembly, ${threads === 1 ? 'one thread' : `${threads} threads`}`;
}
