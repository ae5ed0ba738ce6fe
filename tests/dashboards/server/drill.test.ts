import { expect, test } from 'vitest';
import { aDrill } from './drill-support.ts';
import { anOffice, aPerson, headersOf } from './support.ts';

async function anExercise() {
  const li = aPerson('李局长', ['deputyLeader']);
  const office = await anOffice({ drill: aDrill([li]) });
  await office.deps.people.create(li);
  return { ...office, li };
}

test('somebody signs in as one of the sample people without a password, and it is on record', async () => {
  const { app, li, acts } = await anExercise();
  const shown = await app.inject({ url: '/api/v1/drill' });
  expect(shown.json()).toMatchObject({ speed: 20, people: [{ name: '李局长' }] });

  const payload = { personId: li.id };
  const played = await app.inject({ method: 'POST', url: '/api/v1/drill/play', payload });
  expect(played.json()).toMatchObject({ person: { name: '李局长' }, isDrill: true });
  const me = await app.inject({ url: '/api/v1/me', headers: headersOf(played) });
  expect(me.statusCode).toBe(200);
  expect(await acts()).toMatchObject([{ act: '演练中扮演角色', actor: { name: '李局长' } }]);
});

test('signing in to a drill leaves the session of the real product in the same browser alone', async () => {
  const real = await anOffice();
  const zhang = await real.signIn(await real.hire('张三', ['dutyOfficer']));
  const { li, signIn } = await anExercise();
  const played = await signIn(li);
  const both = { cookie: `${zhang.cookie}; ${played.cookie}` };
  const me = await real.app.inject({ url: '/api/v1/me', headers: both });
  expect(me.json().person.name).toBe('张三');
  expect(played.cookie.split('=')[0]).not.toBe(zhang.cookie.split('=')[0]);
});

test('nobody else can be played', async () => {
  const { app, hire } = await anExercise();
  const stranger = await hire('周管理', ['sysAdmin']);
  const payload = { personId: stranger.id };
  const answer = await app.inject({ method: 'POST', url: '/api/v1/drill/play', payload });
  expect(answer.statusCode).toBe(404);
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test('the clock is set by somebody signed in, to a speed there is', async () => {
  const { app, li, signIn } = await anExercise();
  const put = (payload: object, headers = {}) =>
    app.inject({ method: 'PUT', url: '/api/v1/drill/clock', payload, headers });
  expect((await put({ isPaused: true })).statusCode).toBe(401);
  const headers = await signIn(li);
  expect((await put({ speed: 60, isPaused: true }, headers)).json()).toMatchObject({
    speed: 60,
    isPaused: true,
  });
  expect((await put({ speed: 7 }, headers)).statusCode).toBe(400);
});
