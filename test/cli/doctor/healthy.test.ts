import { diagnose } from './patients';

it.each(['fc3', 'fc2'] as const)('finds nothing in a healthy installation of %s', async (generation) => {
  expect(await diagnose({ generation })).toEqual([]);
});
