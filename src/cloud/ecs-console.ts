import * as z from 'zod';
import { decodeConsole } from '../diagnosis/decode-console';
import { maskSecrets } from '../diagnosis/mask-secrets';
import { pictureKind } from '../diagnosis/picture';
import { CloudError } from '../engine/ports';
import type { Instances, NotShown } from '../engine/ports';
import type { Caller } from './call';
import { scrub } from './scrub';

const OutputAnswer = z.object({ ConsoleOutput: z.string().nullish(), LastUpdateTime: z.string().nullish() });
const ScreenshotAnswer = z.object({ Screenshot: z.string() });

/** What an instance shows of itself when nobody can log in. */
export function consoleCalls(call: Caller, region: string): Pick<Instances, 'console' | 'screenshot'> {
  return {
    /** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-getinstanceconsoleoutput */
    console: (id) =>
      orNone('console output', async () => {
        // Symbols are taken out here: what the cloud takes out for one is not documented.
        const params = { RegionId: region, InstanceId: id };
        const answer = await call.read('ecs', 'GetInstanceConsoleOutput', params, OutputAnswer);
        const log = scrub(maskSecrets(decodeConsole(answer.ConsoleOutput ?? '')));
        return { log, updated: answer.LastUpdateTime ?? '' };
      }),

    /** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-getinstancescreenshot */
    screenshot: (id) =>
      orNone('screenshot', async () => {
        const params = { RegionId: region, InstanceId: id };
        const answer = await call.read('ecs', 'GetInstanceScreenshot', params, ScreenshotAnswer);
        const bytes = Buffer.from(answer.Screenshot, 'base64');
        const kind = pictureKind(bytes);
        return kind === undefined
          ? { none: 'what came as a screenshot is neither PNG nor JPEG' }
          : { bytes, ...kind };
      }),
  };
}

/** Refusals that are an answer: what they say is so until something else changes. */
const sayRefusal: Readonly<Record<string, (what: string) => string>> = {
  NotSupported: (what) =>
    `ECS has no ${what} of this instance: of Windows there is no console output, of retired instance families neither`,
  IncorrectInstanceStatus: (what) =>
    `ECS shows no ${what} in the instance's present status; a screenshot needs Running`,
  InvalidParameter: () => 'ECS knows no such instance',
  'InvalidInstanceId.NotFound': () => 'ECS knows no such instance',
};

async function orNone<T>(what: string, look: () => Promise<T>): Promise<T | NotShown> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const { code, detail } = error;
    const said = sayRefusal[code];
    if (said !== undefined) return { none: said(what) };
    if (code.startsWith('Forbidden') || code === 'NoPermission') {
      return { none: `RAM does not allow ecs:${detail.action}` };
    }
    // Ten seconds have to lie between two pictures of one instance.
    if (what === 'screenshot' && code.startsWith('Throttling')) {
      return { none: 'ECS takes no two screenshots within ten seconds; ask once more' };
    }
    throw error;
  }
}
