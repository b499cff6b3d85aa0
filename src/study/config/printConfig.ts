/** A configuration as YAML, with every value and what it means. */
import { Document, isMap, isScalar, visit } from 'yaml';
import { type JsonSchema, jsonSchema, sectionOf } from './jsonSchema.ts';
import type { StudyConfig } from './studyConfig.ts';

export function printConfig(config: StudyConfig): string {
  const document = new Document(config);
  visit(document, {
    Pair(_, pair, ancestors) {
      const keys = [...ancestors, pair].flatMap((node) =>
        'key' in node && isScalar(node.key) ? [String(node.key.value)] : [],
      );
      const description = descriptionAt(keys);
      if (description === undefined) return;
      if (isMap(pair.value) && isScalar(pair.key)) pair.key.commentBefore = ` ${description}`;
      else if (isScalar(pair.value)) pair.value.comment = ` ${description}`;
      else if (isScalar(pair.key)) pair.key.commentBefore = ` ${description}`;
    },
    Seq(_, list) {
      list.flow = true;
    },
  });
  return document.toString({ lineWidth: 100, flowCollectionPadding: false });
}

const descriptionAt = (keys: readonly string[]): string | undefined =>
  keys.reduce<JsonSchema | undefined>(
    (schema, key) => schema && sectionOf(schema)?.properties?.[key],
    jsonSchema(),
  )?.description;
