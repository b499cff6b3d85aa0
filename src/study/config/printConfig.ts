/** A configuration as YAML, with every value and what it means. */
import { Document, isMap, isScalar, visit } from 'yaml';
import { jsonSchema } from './jsonSchema.ts';
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

interface SchemaNode {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly anyOf?: readonly SchemaNode[];
}

function descriptionAt(keys: readonly string[]): string | undefined {
  let node: SchemaNode | undefined = jsonSchema() as SchemaNode;
  for (const key of keys) {
    const own: SchemaNode | undefined = node?.properties
      ? node
      : node?.anyOf?.find(({ properties }) => properties);
    node = own?.properties?.[key];
  }
  return node?.description;
}
