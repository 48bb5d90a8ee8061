import * as z from 'zod';
import type { Trouble } from './refusal';

/** What HTTP clients throw when no answer came: some of them plain objects, all of them loosely shaped. */
const Thrown = z.object({
  name: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  status: z.number().optional(),
});
export type Thrown = z.infer<typeof Thrown>;

/** The fields of a thrown thing that tell what happened; never its URL, headers or body. */
export function readThrown(thrown: unknown): Thrown {
  const source: unknown = thrown instanceof Error ? fieldsOf(thrown) : thrown;
  const parsed = Thrown.safeParse(source);
  return parsed.success ? parsed.data : { message: 'the SDK threw something unreadable' };
}

function fieldsOf(error: Error & { code?: unknown; status?: unknown }): Record<string, unknown> {
  const { name, message, code, status } = error;
  return {
    name,
    message,
    ...(typeof code === 'string' && { code }),
    ...(typeof status === 'number' && { status }),
  };
}

/** Never sent: the connection was not there to begin with. */
const unsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const broken = [
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'UND_ERR_SOCKET',
  'ERR_STREAM_PREMATURE_CLOSE',
  'socket hang up',
  'aborted',
];

/** Sockets and timeouts, as httpx (pop-core, mns) and urllib (ali-oss) report them; the rest is unreadable. */
export function transportTrouble(thrown: Thrown): Trouble {
  const { name = '', code = '', message = '' } = thrown;
  if (/Timeout/.test(name) || code === 'ETIMEDOUT') return { kind: 'timeout', message: 'no answer in time' };
  const said = `${code} ${message}`;
  const word = (words: readonly string[]) => words.find((one) => said.includes(one));
  const never = word(unsent);
  if (never !== undefined) {
    return { kind: 'lost', reached: false, message: `no connection could be made (${never})` };
  }
  const reason = word(broken) ?? (thrown.status === -1 ? 'network error' : undefined);
  if (reason !== undefined) {
    return { kind: 'lost', reached: true, message: `the connection was lost (${reason})` };
  }
  return { kind: 'unreadable', message: message.slice(0, 200) };
}
