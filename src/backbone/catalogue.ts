/**
 * The backbones known by name. Every size and hash below was read where its comment says; what
 * could not be confirmed is null or marked approximate, and the program says so.
 */
import { usageError } from '../core/error.ts';
import { nearestName } from '../core/nearestName.ts';

export interface BackboneLayer {
  readonly name: string;
  readonly channels: number;
  /** Pixels of the input between two positions of the layer. */
  readonly stride: number;
}

export interface BackboneFile {
  /** Its name in the cache. */
  readonly name: string;
  /** Null: it has no address and is placed by hand. */
  readonly url: string | null;
  readonly bytes: number;
  readonly bytesAreApproximate: boolean;
  /** Lower-case hexadecimal; null: not confirmed by any source. */
  readonly sha256: string | null;
}

export interface CatalogueEntry {
  readonly name: string;
  /**
   * - `built-in`: made by flawmap itself
   * - `resnet`: a torchvision or timm ResNet, built from a safetensors file
   * - `onnx`: an ONNX file whose outputs are its layers
   */
  readonly family: 'built-in' | 'resnet' | 'onnx';
  /** SPDX identifier of the weights' licence. */
  readonly licence: string;
  /** Null for what is built in. */
  readonly file: BackboneFile | null;
  readonly layers: readonly BackboneLayer[];
  readonly defaultLayers: readonly string[];
  /** What it is and where it comes from, in a sentence or two. */
  readonly note: string;
}

export const DEFAULT_BACKBONE = 'filterbank';

const BASIC_CHANNELS = [64, 128, 256, 512];
const BOTTLENECK_CHANNELS = [256, 512, 1024, 2048];

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    name: DEFAULT_BACKBONE,
    family: 'built-in',
    licence: 'Apache-2.0',
    file: null,
    layers: [{ name: 'filterbank', channels: 207, stride: 8 }],
    defaultLayers: ['filterbank'],
    note: 'Oriented filters at four scales and three colour channels. Needs no weights.',
  },
  {
    name: 'resnet50-v2',
    family: 'onnx',
    licence: 'Apache-2.0',
    file: {
      name: 'resnet50-v2-imagenet-layers1-3.onnx',
      url: null,
      bytes: 34_276_044,
      bytesAreApproximate: false,
      sha256: '9a028b7f63333934ad69a07ef079560e401480156e3ae85ed2f7897a9d4a800f',
    },
    layers: stages(BOTTLENECK_CHANNELS.slice(0, 3)),
    defaultLayers: ['layer2', 'layer3'],
    note: "Pre-activation ResNet-50, ImageNet: the ONNX Model Zoo's resnet50-v2-7 cut after its third stage. The cut file has no address of its own and is placed by hand.",
  },
  // Hash: huggingface.co/timm/resnet18.tv_in1k/blob/main/model.safetensors.
  torchvision('resnet18', BASIC_CHANNELS, {
    bytes: 46_807_446,
    sha256: '694f673df6520a3158624e8a89af086f59923ee4cd7436fe5bc3bc71d295ad81',
  }),
  // Hash and size: as pinned by a public project together with those of resnet18 and resnet50,
  // which agree with Hugging Face; the size agrees with the parameters.
  torchvision('resnet34', BASIC_CHANNELS, {
    bytes: 87_278_522,
    sha256: '0bb82595a564991a9d424708b33f5d843f5aaed7f6c0886ff10849ff97022235',
  }),
  // Hash: huggingface.co/timm/resnet50.tv_in1k/blob/main/model.safetensors.
  torchvision('resnet50', BOTTLENECK_CHANNELS, {
    bytes: 102_469_840,
    sha256: '5d061a3c593d795bfe682d9b152bafbcf550579873492def3515b46db1189888',
  }),
  // Size: the parameters (178 618 848 bytes) and a header; Hugging Face says 179 MB. No source
  // for the hash was found.
  torchvision('resnet101', BOTTLENECK_CHANNELS, {
    bytes: 178_676_000,
    bytesAreApproximate: true,
    sha256: null,
  }),
  // Hash: huggingface.co/timm/wide_resnet50_2.tv_in1k/blob/main/model.safetensors.
  torchvision('wide_resnet50_2', BOTTLENECK_CHANNELS, {
    bytes: 275_835_296,
    sha256: 'df6fb6c4824769769de18e14088475fd6ee94236849aa4e5d8022ba9d9a9a16c',
  }),
];

function stages(channels: readonly number[]): BackboneLayer[] {
  return channels.map((count, i) => ({
    name: `layer${i + 1}`,
    channels: count,
    stride: 4 * 2 ** i,
  }));
}

/** torchvision's first ImageNet weights (IMAGENET1K_V1), as timm publishes them in safetensors. */
function torchvision(
  name: string,
  channels: readonly number[],
  file: Pick<BackboneFile, 'bytes' | 'sha256'> & Partial<BackboneFile>,
): CatalogueEntry {
  return {
    name,
    family: 'resnet',
    licence: 'BSD-3-Clause',
    file: {
      name: `${name}.tv_in1k.safetensors`,
      url: `https://huggingface.co/timm/${name}.tv_in1k/resolve/main/model.safetensors`,
      bytesAreApproximate: false,
      ...file,
    },
    layers: stages(channels),
    defaultLayers: ['layer2', 'layer3'],
    note: "torchvision's ImageNet weights (IMAGENET1K_V1), published by timm.",
  };
}

/** @throws FlawmapError (usage) listing the names there are, the nearest one first */
export function catalogueEntry(name: string): CatalogueEntry {
  const entry = CATALOGUE.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  const names = CATALOGUE.map((candidate) => candidate.name);
  const nearest = nearestName(name, names);
  throw usageError({
    what: `there is no backbone named ${name}`,
    expected: `one of ${names.join(', ')}, or the path of an .onnx or .safetensors file`,
    found: name,
    remedy: nearest === undefined ? 'see: flawmap backbone list' : `did you mean ${nearest}?`,
  });
}
