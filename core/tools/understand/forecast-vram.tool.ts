import { z } from 'zod';
import { ForecastSchema } from '../../contract/machine/forecast.schema.ts';
import { defineTool } from '../define-tool.ts';

/** Tells before a run how much graphics memory it will need, and what a proposed change adds. */
export const forecastVramNeed = defineTool({
  name: 'forecast_vram',
  title: 'Forecast the memory',
  description:
    'Tells how much graphics memory a run of the open workflow will need, as a band, whether it fits, who holds the rest, and what the proposed change set adds. An estimate, corrected by what runs took on this machine; assumptions and evidence are part of the answer.',
  effect: 'observe',
  input: z.strictObject({
    change_set: z
      .string()
      .min(1)
      .optional()
      .describe('Id of a change set to reckon with; absent: the one that waits for an answer'),
  }),
  output: ForecastSchema,
  describeCall: () => 'Forecast the graphics memory',
  describeResult: ({ lines }) => lines.join(' '),
  handler: async ({ change_set: changeSetId }, { forecast }) => forecast(changeSetId),
});
