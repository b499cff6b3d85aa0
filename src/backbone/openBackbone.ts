import type { Backbone } from './backbone.ts';
import { findBackbone } from './backboneFile.ts';
import { createFilterbank } from './filterbank.ts';
import { openOnnxBackbone } from './onnxFile.ts';
import { openResnetBackbone } from './resnet.ts';

/**
 * The backbone of that name, or the one in that file.
 * @param nameOrPath `filterbank`, another name of the catalogue whose file is in the cache, or the
 *   path of an .onnx or .safetensors file
 * @throws FlawmapError when there is no such backbone, its file is not in the cache (saying how to
 *   get it), has a wrong hash or cannot serve as a backbone
 */
export async function openBackbone(nameOrPath: string): Promise<Backbone> {
  const { entry, file } = await findBackbone(nameOrPath);
  if (file === undefined) return createFilterbank();
  const { path, sha256 } = file;
  const options = entry === undefined ? { sha256 } : { sha256, name: entry.name };
  const isOnnx = entry === undefined ? /\.onnx$/i.test(path) : entry.family === 'onnx';
  return isOnnx ? openOnnxBackbone(path, options) : openResnetBackbone(path, options);
}
