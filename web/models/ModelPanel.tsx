/** What the model says of itself. */
import type { OpenedModel, RuntimeInUse } from '../worker/protocol.ts';

export interface ModelPanelProps {
  readonly opened: OpenedModel;
  /** Of the photograph that is shown; that may have been judged by another than the last. */
  readonly runtime: RuntimeInUse;
}

export function ModelPanel({ opened: { metadata }, runtime }: ModelPanelProps) {
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

function runtimeText({ kind, threads }: RuntimeInUse): string {
  if (kind === 'webgpu') return 'WebGPU';
  return `WebAssembly, ${threads === 1 ? 'one thread' : `${threads} threads`}`;
}
