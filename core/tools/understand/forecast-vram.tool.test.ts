import { expect, it } from 'vitest';
import { err, ok } from '../../base/result.ts';
import { appError } from '../../contract/errors.ts';
import { callTool, plainForecast, toolContext } from '../../../tests/fakes/tool-context.ts';
import { forecastVramNeed } from './forecast-vram.tool.ts';

const forecast = plainForecast({
  lines: ['This needs about 1.0 to 2.0 GB of graphics memory.', 'It fits in 24.0 GB.'],
});

it('answers with the forecast, for the change set that was named', async () => {
  const asked: (string | undefined)[] = [];
  const context = toolContext({
    forecast: async (changeSetId) => {
      asked.push(changeSetId);
      return ok(forecast);
    },
  });
  expect(await callTool(forecastVramNeed, { change_set: 'change-1' }, context)).toEqual({
    ok: true,
    value: forecast,
    text: forecast.lines.join(' '),
  });
  await callTool(forecastVramNeed, {}, context);
  expect(asked).toEqual(['change-1', undefined]);
});

it('hands on that there is nothing to forecast', async () => {
  const none = async () => err(appError('workflow/none-open', {}));
  expect(await callTool(forecastVramNeed, {}, toolContext({ forecast: none }))).toMatchObject({
    error: { code: 'workflow/none-open' },
  });
});
