import { type ComponentType, createContext } from 'react';

/** A node as far as what is drawn onto it needs to know it. */
export interface NodeExtraProps {
  readonly nodeId: string;
  readonly nodeTitle: string;
}

/** What the window draws onto nodes from the session's runs; a page without a session draws nothing. */
export interface NodeExtrasParts {
  readonly Peak?: ComponentType<NodeExtraProps>;
  readonly Progress?: ComponentType<Pick<NodeExtraProps, 'nodeId'>>;
  readonly Picture?: ComponentType<NodeExtraProps>;
  readonly Absence?: ComponentType<{ readonly classType: string }>;
}

/** Set around a canvas. */
export const NodeExtras = createContext<NodeExtrasParts>({});
