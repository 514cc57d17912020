// Type tests: never run; `npm run types` fails when one of these stops holding.
import { expectTypeOf } from 'vitest';
import type { Client } from './client.ts';
import { type AppErrorOf, appError } from '../errors.ts';
import type { MethodName, ParamsOf, ParsedParamsOf, ResultOf } from '../methods.ts';
import type { Handlers, ServedConnection } from './server.ts';

expectTypeOf<ResultOf<'turn/send'>>().toEqualTypeOf<{ turnId: string }>();
expectTypeOf<ParamsOf<'session/rename'>>().toEqualTypeOf<{ sessionId: string; title: string }>();
expectTypeOf<ParsedParamsOf<'changeset/respond'>['decision']>().toEqualTypeOf<
  'accept' | 'reject'
>();
expectTypeOf<keyof Handlers<ServedConnection>>().toEqualTypeOf<MethodName>();
expectTypeOf<AppErrorOf<'host/port-in-use'>['data']>().toEqualTypeOf<{ port: number }>();

declare const handlers: Omit<Handlers<ServedConnection>, 'turn/send'>;

/** What must not compile does not. */
export async function misuse(client: Client): Promise<void> {
  // @ts-expect-error: no such method
  await client.call('turn/sent', { sessionId: 's', message: 'm' });
  // @ts-expect-error: a parameter is missing
  await client.call('turn/send', { sessionId: 's' });
  // @ts-expect-error: a parameter of another type
  await client.call('turn/send', { sessionId: 's', message: 3 });
  // @ts-expect-error: a parameter that the contract does not know
  await client.call('turn/send', { sessionId: 's', message: 'm', role: 'artist' });
  const answer = await client.call('session/create', {});
  // @ts-expect-error: a result must be looked at before its value is used
  expectTypeOf(answer.value).toBeObject();
  // @ts-expect-error: another method's result
  if (answer.ok) expectTypeOf(answer.value.turnId).toBeString();
  // @ts-expect-error: a code that is not in the catalogue
  appError('turn/lost', {});
  // @ts-expect-error: a code without the data that it needs
  appError('turn/unknown', {});
  // @ts-expect-error: a table of handlers with one missing
  expectTypeOf(handlers).toExtend<Handlers<ServedConnection>>();
}
