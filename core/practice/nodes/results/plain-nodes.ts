import { type NodeInputs } from '../node-inputs.ts';
import { type NodeFamily, type NodeResult, outputsOf } from '../node-run.ts';
import { toJsonValue } from '../node-values.ts';

/** Nodes that hold or join plain values. */
export const plainNodes: NodeFamily = {
  PrimitiveInt: held,
  PrimitiveFloat: held,
  PrimitiveString: held,
  PrimitiveStringMultiline: held,
  PrimitiveBoolean: held,
  StringConcatenate: (inputs) =>
    outputsOf(
      toJsonValue(
        [inputs.text('string_a'), inputs.text('string_b')].join(inputs.text('delimiter', '')),
      ),
    ),
  StringReplace: (inputs) =>
    outputsOf(
      toJsonValue(
        inputs.text('string').replaceAll(inputs.text('find'), () => inputs.text('replace')),
      ),
    ),
  StringTrim: (inputs) => outputsOf(toJsonValue(inputs.text('string').trim())),
  StringLength: (inputs) => outputsOf(toJsonValue(Array.from(inputs.text('string')).length)),
};

function held(inputs: NodeInputs): NodeResult {
  return outputsOf(toJsonValue(inputs.json('value')));
}
