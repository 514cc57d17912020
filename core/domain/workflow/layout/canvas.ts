/** A place on the canvas in pixels; the title bar is drawn above it. */
export type Point = readonly [x: number, y: number];

/** A node to find a place for; sizes in pixels, without the title bar. */
export interface LayoutBox {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** A wire between two nodes, by their ids. */
export interface LayoutWire {
  readonly from: string;
  readonly to: string;
}
