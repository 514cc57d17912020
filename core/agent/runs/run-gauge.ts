import { type Disposable, createDisposableBag } from '../../base/disposable.ts';
import type { RunMeasurement } from '../../contract/machine/measurement.schema.ts';
import { type RunMeasures, takeMeasure, toMeasurement } from '../../domain/run/measure-run.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Comfy } from '../../ports/comfy.ts';
import type { ComfyLink } from '../servers/comfy-link.ts';

/** Measures the graphics card while one run works. */
export interface RunGauge extends Disposable {
  /** The run works from now on; what was measured while it waited was another one's. */
  start(): void;
  /** What was measured so far, also after it was disposed; nothing where nothing was. */
  told(titleOf: (nodeId: string) => string): { readonly measured?: RunMeasurement };
}

interface GaugeParts {
  readonly link: ComfyLink;
  readonly clock: Clock;
  /** Where the run works. */
  readonly comfy: Comfy;
}

/** Has the machine measured closely until disposed; `nodeNow` is the node that works at the moment. */
export function createRunGauge(
  { link, clock, comfy }: GaugeParts,
  nodeNow: () => string | undefined,
): RunGauge {
  const bag = createDisposableBag();
  let isStarted = false;
  let measures: RunMeasures | undefined;
  bag.add(
    link.onMeasure((measure) => {
      // What is measured is the card of the server in use, which may be another one by now.
      if (isStarted && link.current === comfy)
        measures = takeMeasure(measures, measure, nodeNow(), clock.now());
    }),
  );
  bag.add(link.watchClosely());
  return {
    start: () => {
      isStarted = true;
    },
    told: (titleOf) =>
      measures === undefined ? {} : { measured: toMeasurement(measures, titleOf) },
    dispose: () => bag.dispose(),
  };
}
