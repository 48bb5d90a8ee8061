import { diagnose } from './patients';

it('finds nothing in a healthy installation', async () => {
  expect(await diagnose()).toEqual([]);
});
