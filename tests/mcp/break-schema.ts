interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema | false;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Values of every kind of JSON; each property is given those that it does not take. */
const values: readonly (readonly [string, unknown])[] = [
  ['string', 'text'],
  ['number', 1.5],
  ['boolean', true],
  ['null', null],
  ['array', [1]],
  ['object', { second_unit_unknown: 1 }],
];

/** Arguments that a tool of this input schema must refuse, as deep as the schema goes. */
export function breakSchema(given: object): readonly object[] {
  const properties = Object.fromEntries(
    // Any text may name a session; that there is none of that name is no matter of the schema.
    Object.entries((given as Schema).properties ?? {}).filter(([name]) => name !== 'session'),
  );
  return breakObject({ ...(given as Schema), properties });
}

/** Objects that break one thing each: an unknown key, a missing one, one of a wrong value. */
function breakObject({ properties = {}, required = [] }: Schema): readonly object[] {
  const valid = Object.fromEntries(
    required.map((key) => [key, exampleOf(properties[key] ?? {})] as const),
  );
  const missing = required.map((key) =>
    Object.fromEntries(Object.entries(valid).filter(([name]) => name !== key)),
  );
  const single = Object.entries(properties).flatMap(([name, schema]) =>
    breakValue(schema).map((value) => ({ ...valid, [name]: value })),
  );
  return [{ ...valid, second_unit_unknown: 1 }, ...missing, ...single];
}

/** Values that a schema does not take. */
function breakValue(schema: Schema): readonly unknown[] {
  const kind = schema.anyOf === undefined ? schema.type : undefined;
  const wrong =
    kind === undefined ? [] : values.filter(([type]) => type !== kind).map(([, value]) => value);
  const outside: unknown[] = [];
  if (schema.enum !== undefined) outside.push('second_unit_unknown');
  if (schema.minimum !== undefined) outside.push(schema.minimum - 1);
  if (schema.maximum !== undefined) outside.push(schema.maximum + 1);
  const { items, minItems = 0, maxItems } = schema;
  if (minItems > 0) outside.push([]);
  if (items === undefined || items === false) return [...wrong, ...outside];
  const example = exampleOf(items);
  const fill = (item: unknown): unknown[] => [
    item,
    ...Array(Math.max(0, minItems - 1)).fill(example),
  ];
  if (maxItems !== undefined) outside.push(Array(maxItems + 1).fill(example));
  const variants = items.oneOf ?? [items];
  for (const variant of variants) {
    const broken = variant.type === 'object' ? breakObject(variant) : breakValue(variant);
    outside.push(...broken.map(fill));
  }
  return [...wrong, ...outside];
}

/** A value that a schema takes. */
export function exampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [variant] = schema.oneOf ?? schema.anyOf ?? [];
  if (variant !== undefined) return exampleOf(variant);
  switch (schema.type) {
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array': {
      const { items, minItems = 0 } = schema;
      return Array(minItems).fill(items === undefined || items === false ? 1 : exampleOf(items));
    }
    case 'object': {
      const { properties = {}, required = [] } = schema;
      return Object.fromEntries(required.map((key) => [key, exampleOf(properties[key] ?? {})]));
    }
    default:
      return 'x';
  }
}
