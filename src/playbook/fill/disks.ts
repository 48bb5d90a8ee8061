import { idOf, type Context, type Filled, type StepOf } from './context';
import { ossHost } from './back-up-data';

export function fillRelease(step: StepOf<'release-disks'>, context: Context): readonly Filled[] {
  const { mountPoints, atMost, from = idOf('back-up-data', context) } = step.with;
  const where = mountPoints === undefined ? {} : { mountPoints };
  return [{ parameters: { ...where, ...(from !== undefined && { from }), atMostMs: atMost } }];
}

export function fillPrepare(step: StepOf<'prepare-disks'>, context: Context): readonly Filled[] {
  const { filesystem, atMost, from = idOf('back-up-data', context) ?? '' } = step.with;
  return [{ parameters: { from, ...(filesystem !== undefined && { filesystem }), atMostMs: atMost } }];
}

export function fillRestoreData(step: StepOf<'restore-data'>, context: Context): readonly Filled[] {
  const { onMissing, atMost, from = idOf('back-up-data', context) ?? '' } = step.with;
  const saved = context.steps.find((one) => one.id === from);
  const { paths, role } = saved?.use === 'back-up-data' ? saved.with : { paths: [], role: '' };
  return [{ parameters: { from, paths, role, endpoint: ossHost(context), onMissing, atMostMs: atMost } }];
}
