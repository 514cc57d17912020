import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../base/json.ts';
import { type Mask, type Picture } from '../images/picture.ts';
import { NodeFailure } from './node-failure.ts';
import {
  type Conditioning,
  type Latent,
  type LoadedPart,
  type Model,
  type NodeValue,
  type SamplerPart,
} from './node-values.ts';

/** A node's inputs by name, read with the type that the node needs. */
export interface NodeInputs {
  readonly names: readonly string[];
  has(name: string): boolean;
  value(name: string): NodeValue | undefined;
  json(name: string): JsonValue;
  text(name: string, fallback?: string): string;
  number(name: string, fallback?: number): number;
  /** An integer of any size, as text. */
  exact(name: string): string;
  flag(name: string, fallback?: boolean): boolean;
  picture(name: string): Picture;
  mask(name: string): Mask;
  optionalMask(name: string): Mask | undefined;
  model(name: string): Model;
  part(name: string): LoadedPart;
  conditioning(name: string): Conditioning;
  latent(name: string): Latent;
  sampler<K extends SamplerPart['kind']>(name: string, kind: K): Extract<SamplerPart, { kind: K }>;
}

/** Reads values of a node; what is missing or of another kind fails the node, as in Python. */
export function createNodeInputs(
  values: ReadonlyMap<string, NodeValue>,
  defaults: JsonObject,
): NodeInputs {
  const get = (name: string): NodeValue | undefined => {
    const value = values.get(name);
    if (value !== undefined) return value;
    const standing = defaults[name];
    return standing === undefined ? undefined : { kind: 'JSON', value: standing };
  };
  const ofKind = <K extends NodeValue['kind']>(
    name: string,
    kind: K,
  ): Extract<NodeValue, { kind: K }> => {
    const value = get(name);
    if (!isKind(value, kind)) throw wrongKind(name, value);
    return value;
  };
  const json = (name: string): JsonValue => ofKind(name, 'JSON').value;
  return {
    names: [...values.keys()],
    has: (name) => values.has(name),
    value: get,
    json,
    text: (name, fallback) => {
      const value = get(name) === undefined ? fallback : json(name);
      if (typeof value !== 'string') throw wrongKind(name, get(name));
      return value;
    },
    number: (name, fallback) => {
      const value = get(name) === undefined ? fallback : json(name);
      if (typeof value === 'bigint') return Number(value);
      if (typeof value !== 'number') throw wrongKind(name, get(name));
      return value;
    },
    exact: (name) => {
      const value = json(name);
      if (typeof value !== 'bigint' && typeof value !== 'number') throw wrongKind(name, get(name));
      return String(value);
    },
    flag: (name, fallback) => {
      const value = get(name) === undefined ? fallback : json(name);
      return value === true || value === 'enable';
    },
    picture: (name) => ofKind(name, 'IMAGE'),
    mask: (name) => ofKind(name, 'MASK'),
    optionalMask: (name) => (values.has(name) ? ofKind(name, 'MASK') : undefined),
    model: (name) => ofKind(name, 'MODEL'),
    part: (name) => ofKind(name, 'PART'),
    conditioning: (name) => ofKind(name, 'CONDITIONING'),
    latent: (name) => ofKind(name, 'LATENT'),
    sampler: (name, kind) => {
      const value = get(name);
      if (!isKind(value, kind)) throw wrongKind(name, value);
      return value;
    },
  };
}

/** Defaults of the class's inputs, from its `/object_info` entry. */
export function inputDefaults(raw: JsonObject): JsonObject {
  const sections = isJsonObject(raw['input']) ? Object.values(raw['input']) : [];
  const defaults: Record<string, JsonValue> = {};
  for (const section of sections.filter(isJsonObject)) {
    for (const [name, spec] of Object.entries(section)) {
      const options = isJsonArray(spec) ? spec[1] : undefined;
      if (isJsonObject(options) && options['default'] !== undefined) {
        defaults[name] = options['default'];
      }
    }
  }
  return defaults;
}

/** Choices of a COMBO input of either shape; undefined when the server lists none. */
export function inputChoices(raw: JsonObject, input: string): readonly JsonValue[] | undefined {
  const sections = isJsonObject(raw['input']) ? Object.values(raw['input']) : [];
  const spec = sections.filter(isJsonObject).find((section) => Object.hasOwn(section, input))?.[
    input
  ];
  if (!isJsonArray(spec)) return undefined;
  const [type, options] = spec;
  if (isJsonArray(type)) return type;
  const listed = isJsonObject(options) ? options['options'] : undefined;
  return isJsonArray(listed) ? listed : undefined;
}

function isKind<K extends NodeValue['kind']>(
  value: NodeValue | undefined,
  kind: K,
): value is Extract<NodeValue, { kind: K }> {
  return value?.kind === kind;
}

function wrongKind(name: string, value: NodeValue | undefined): NodeFailure {
  const found = value === undefined ? 'nothing' : value.kind;
  return new NodeFailure(`The input "${name}" does not fit: it got ${found}.`, 'TypeError');
}
