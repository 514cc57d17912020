import type { JsonValue } from '../../../base/json.ts';
import type { InputSpec } from '../catalog.ts';

/** One setting of a saved node, with the place it has in `widgets_values`. */
export interface StoredWidget {
  readonly name: string;
  readonly value: JsonValue;
  readonly spec?: InputSpec;
  /** Index or key in `widgets_values`; absent when the file does not store it and the default stands in. */
  readonly place?: number | string;
  /** Index of the "control after generate" value behind it. */
  readonly controlPlace?: number;
}

/** What a saved node's settings are, and what had to be guessed to say so (sentence fragments). */
export interface StoredWidgets {
  readonly widgets: readonly StoredWidget[];
  readonly doubts: readonly string[];
}
