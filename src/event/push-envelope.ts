import { excerpt, isRecord, readJson, type LooseRecord } from './loose';

/** One announcement taken out of its wrappings, or what stood in its place. */
export type Opened =
  | { readonly element: LooseRecord; readonly problem?: undefined }
  | { readonly problem: string; readonly text: string };

/** Deeper than any real delivery (queue element, base64 twice, text in text), shallow enough for any attacker. */
const deepest = 10;

/**
 * Takes the wrappings off a delivery. It may be JSON or base64 of it, one announcement or a list, bare or inside
 *
 *     [{"specversion": "1.0", "type": "mns:Queue:SendMessage", "data": {"messageBody": "…"}}]   stream over a queue
 *     {"TopicName": "…", "Message": "…", "MessageId": "…"}                                      topic subscription
 *
 * where the inner body is again any of these. A part that cannot be opened does not cost us the others.
 *
 * https://www.alibabacloud.com/help/en/functioncompute/fc/mns-queue-triggers
 */
export function openPush(body: Buffer | string): readonly Opened[] {
  return open(typeof body === 'string' ? body : body.toString('utf8'), deepest);
}

function open(value: unknown, depth: number): readonly Opened[] {
  if (depth === 0) return unopened(value, `wrapped more than ${deepest} times`);
  if (typeof value === 'string') {
    const parsed = parseText(value);
    if (parsed !== undefined) return open(parsed.value, depth - 1);
    return unopened(value, value.trim() === '' ? 'an empty body' : 'neither JSON nor base64 of JSON');
  }
  if (Array.isArray(value)) return value.flatMap((part) => open(part, depth - 1));
  if (!isRecord(value)) return unopened(value, 'JSON, but no object');
  const inner = insideOf(value);
  return inner === undefined ? [{ element: value }] : open(inner, depth - 1);
}

/** What a queue, a topic or an event bus wrapped; undefined when the record is an announcement itself. */
function insideOf(record: LooseRecord): unknown {
  const { data } = record;
  if (isRecord(data) && data.messageBody !== undefined) return data.messageBody;
  if (isRecord(data) && data.name !== undefined && data.content !== undefined) return data;
  if (record.TopicName !== undefined && record.Message !== undefined) return record.Message;
  return undefined;
}

/** The value that a text of JSON, or base64 of one, stands for; undefined when it is neither. */
export function parseText(text: string): { readonly value: unknown } | undefined {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  return parseJson(trimmed) ?? parseJson(decodeBase64(trimmed));
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  const value = readJson(text);
  return value === undefined ? undefined : { value };
}

/** The decoded text; when it is base64 once more, still encoded text as a JSON string, to be opened in turn. */
function decodeBase64(text: string): string {
  const bare = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(bare)) return '';
  const decoded = Buffer.from(bare, 'base64').toString('utf8').trim();
  return /^[A-Za-z0-9+/_=\s-]{8,}$/.test(decoded) ? JSON.stringify(decoded) : decoded;
}

function unopened(value: unknown, problem: string): readonly Opened[] {
  return [{ problem: `${problem}; a CloudMonitor or EventBridge event was expected`, text: excerpt(value) }];
}
