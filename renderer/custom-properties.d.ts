import 'react';

declare module 'react' {
  interface CSSProperties {
    /** Our own custom properties may be set in `style`. */
    readonly [name: `--${string}`]: string | number | undefined;
  }
}
