import type { Journals, ListedFile, OpenRuns, Playbooks, Queue, World } from '../../src/engine/ports';
import type { Millis } from '../../src/event/system-event';
import { shortHash } from '../../src/run/hash';

/** The stores of a world in memory. Nothing here reads a clock: `now` is asked at every call. */
export interface MemoryStores {
  readonly journals: Journals;
  readonly openRuns: OpenRuns;
  readonly playbooks: Playbooks;
  readonly queue: Queue;
  readonly deadLetters: World['deadLetters'];
}

export interface MemoryOptions {
  readonly now: () => Millis;
  /** How long a received message stays hidden. */
  readonly visibilityTimeoutMs?: number;
  /** Received so often without being removed, a message goes to the dead letters. */
  readonly maxReceiveCount?: number;
}

export function memoryStores(options: MemoryOptions): MemoryStores {
  return {
    journals: memoryJournals(),
    openRuns: memoryOpenRuns(),
    playbooks: memoryPlaybooks(options),
    ...memoryQueues(options),
  };
}

function memoryJournals(): Journals {
  const journals = new Map<string, { line: string; end: number }[]>();
  const endOf = (name: string) => journals.get(name)?.at(-1)?.end ?? 0;
  return {
    async read(name, position) {
      const lines = (journals.get(name) ?? []).filter(({ end }) => end > position);
      return { lines: lines.map(({ line }) => line), position: endOf(name) };
    },
    async append(name, position, line) {
      if (line.includes('\n')) throw new Error(`journal ${name}: a line with a line break in it`);
      if (endOf(name) !== position) return { kind: 'lost' };
      const end = position + Buffer.byteLength(line) + 1;
      journals.set(name, [...(journals.get(name) ?? []), { line, end }]);
      return { kind: 'appended', position: end };
    },
    names: async (prefix) => [...journals.keys()].filter((name) => name.startsWith(prefix)).toSorted(),
  };
}

function memoryOpenRuns(): OpenRuns {
  const open = new Map<string, Millis>();
  return {
    list: async () => [...open].map(([runId, nextLook]) => ({ runId, nextLook })),
    put: async (runId, nextLook) => void open.set(runId, nextLook),
    remove: async (runId) => void open.delete(runId),
  };
}

function memoryPlaybooks({ now }: MemoryOptions): Playbooks {
  const files = new Map<string, ListedFile & { readonly text: string }>();
  const versions = new Map<string, string>();
  return {
    list: async () =>
      [...files.values()]
        .map(({ path, etag, modifiedAt }) => ({ path, etag, modifiedAt }))
        .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    read: async (paths) =>
      paths.flatMap((path) => {
        const { text, etag } = files.get(path) ?? {};
        return text === undefined || etag === undefined ? [] : [{ path, text, etag }];
      }),
    write: async (path, text) =>
      void files.set(path, { path, text, etag: shortHash(text), modifiedAt: now() }),
    remove: async (path) => void files.delete(path),
    readVersion: async (digest) => versions.get(digest),
    writeVersion: async (digest, text) => void versions.set(digest, text),
  };
}

interface Stored {
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: Millis;
  visibleAt: Millis;
  deliveries: number;
}

const retentionMs = 7 * 24 * 3_600_000;
const longestDelaySeconds = 12 * 3600;

/** Two queues as in MNS, one of them for what the other one has delivered too often. */
function memoryQueues(options: MemoryOptions): Pick<MemoryStores, 'queue' | 'deadLetters'> {
  const dead = new Map<string, Stored>();
  const { maxReceiveCount = 50 } = options;
  return {
    queue: memoryQueue(new Map(), options, (message) => {
      if (message.deliveries < maxReceiveCount) return false;
      dead.set(message.messageId, message);
      return true;
    }),
    deadLetters: memoryQueue(dead, options, () => false),
  };
}

/** As MNS: a handle is good for one lease; a message is gone seven days after it was sent, whatever its state. */
function memoryQueue(
  messages: Map<string, Stored>,
  { now, visibilityTimeoutMs = 180_000 }: MemoryOptions,
  setAside: (message: Stored) => boolean,
): Queue {
  let sent = 0;
  const handleOf = ({ messageId, deliveries }: Stored) => `${messageId}-${deliveries}`;
  const drop = (gone: (message: Stored) => boolean) => {
    for (const message of messages.values()) if (gone(message)) messages.delete(message.messageId);
  };
  const isVisible = ({ visibleAt }: Stored) => visibleAt <= now();
  return {
    async send(batch) {
      for (const { body, delaySeconds } of batch) {
        if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > longestDelaySeconds) {
          throw new Error(`message: a delay of ${delaySeconds} s; expected a whole number up to 43200`);
        }
        const messageId = `m${++sent}`;
        const visibleAt = now() + delaySeconds * 1000;
        messages.set(messageId, { messageId, body, sentAt: now(), visibleAt, deliveries: 0 });
      }
    },
    async receive() {
      drop(({ sentAt }) => now() >= sentAt + retentionMs);
      drop((message) => isVisible(message) && setAside(message));
      const visible = [...messages.values()].filter(isVisible).slice(0, 16);
      return visible.map((message) => {
        message.deliveries++;
        message.visibleAt = now() + visibilityTimeoutMs;
        const { messageId, body, deliveries } = message;
        return { messageId, body, deliveries, handle: handleOf(message) };
      });
    },
    async remove(handles) {
      drop(
        (message) =>
          message.deliveries > 0 && now() < message.visibleAt && handles.includes(handleOf(message)),
      );
    },
  };
}
