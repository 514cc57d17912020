interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
}

/** Values of every kind of JSON; each property is given those that it does not take. */
const values: readonly (readonly [string, unknown])[] = [
  ['string', 'text'],
  ['number', 1.5],
  ['boolean', true],
  ['null', null],
  ['array', [1]],
  ['object', { a: 1 }],
];

/** Arguments that a tool of this input schema must refuse. */
export function breakSchema(given: object): readonly object[] {
  const { properties = {}, required = [] } = given as Schema;
  const whole: object[] = [{ second_unit_unknown: 1 }];
  if (required.length > 0) whole.push({});
  const single = Object.entries(properties).flatMap(([name, schema]) => {
    if (name === 'session') return [];
    const kind = kindOf(schema);
    if (kind === undefined) return [];
    const valid = Object.fromEntries(
      required.map((key) => [key, exampleOf(properties[key] ?? {})] as const),
    );
    return values
      .filter(([type]) => !(type === kind || (kind === 'integer' && type === 'integer')))
      .map(([, value]) => ({ ...valid, [name]: value }));
  });
  return [...whole, ...single];
}

/** The one type of a schema; undefined when it takes several or anything. */
function kindOf({ type, anyOf }: Schema): string | undefined {
  return anyOf === undefined ? type : undefined;
}

function exampleOf(schema: Schema): unknown {
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return 'x';
  }
}
